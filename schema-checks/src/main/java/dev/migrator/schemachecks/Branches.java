package dev.migrator.schemachecks;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import org.apache.avro.Schema;

/**
 * How large the unions of a schema are: each branch of the one is compared with each of the other, so a file of a
 * megabyte can ask for a billion comparisons.
 *
 * @param all branches of all unions
 * @param most branches of the largest union
 */
record Branches(long all, long most) {
    static Branches of(Schema schema) {
        var seen = Collections.newSetFromMap(new IdentityHashMap<Schema, Boolean>());
        var open = new ArrayDeque<Schema>();
        open.add(schema);
        long all = 0;
        long most = 0;
        while (!open.isEmpty()) {
            var next = open.remove();
            if (!seen.add(next)) {
                continue;
            }
            switch (next.getType()) {
                case RECORD -> next.getFields().forEach(field -> open.add(field.schema()));
                case ARRAY -> open.add(next.getElementType());
                case MAP -> open.add(next.getValueType());
                case UNION -> {
                    all += next.getTypes().size();
                    most = Math.max(most, next.getTypes().size());
                    open.addAll(next.getTypes());
                }
                default -> {
                    // ends here
                }
            }
        }
        return new Branches(all, most);
    }

    /** An upper bound of the pairs of branches that are looked at. */
    long comparisonsWith(Branches other) {
        return Math.max(all * other.most, other.all * most);
    }
}
