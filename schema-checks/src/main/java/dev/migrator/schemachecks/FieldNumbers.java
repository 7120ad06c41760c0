package dev.migrator.schemachecks;

import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.TypeElement;
import dev.migrator.core.error.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Numbers of fields, which the parser lets pass (Protocol Buffers language guide, "Assigning Field Numbers"). */
final class FieldNumbers {
    private static final int MAX = 536_870_911;
    private static final int FIRST_OF_THE_IMPLEMENTATION = 19_000;
    private static final int LAST_OF_THE_IMPLEMENTATION = 19_999;

    private FieldNumbers() {}

    static List<Finding> check(ProtoFileElement file) {
        var findings = new ArrayList<Finding>();
        file.getTypes().forEach(type -> check(type, type.getName(), findings));
        return findings;
    }

    private static void check(TypeElement type, String path, List<Finding> findings) {
        if (type instanceof MessageElement message) {
            var names = new HashMap<Integer, String>();
            fields(message).forEach(field -> check(field, path, names, findings));
        }
        type.getNestedTypes().forEach(inner -> check(inner, path + "." + inner.getName(), findings));
    }

    private static Stream<FieldElement> fields(MessageElement message) {
        return Stream.concat(
                message.getFields().stream(),
                message.getOneOfs().stream().flatMap(oneOf -> oneOf.getFields().stream()));
    }

    private static void check(FieldElement field, String path, Map<Integer, String> names, List<Finding> findings) {
        var place = path + "." + field.getName() + " = " + field.getTag();
        if (field.getTag() < 1 || field.getTag() > MAX) {
            findings.add(Found.invalid("field numbers from 1 to " + MAX, place));
        } else if (field.getTag() >= FIRST_OF_THE_IMPLEMENTATION && field.getTag() <= LAST_OF_THE_IMPLEMENTATION) {
            findings.add(Found.invalid(
                    "no field number from 19000 to 19999, which are reserved for the implementation", place));
        }
        var other = names.putIfAbsent(field.getTag(), field.getName());
        if (other != null) {
            findings.add(Found.invalid("each field number once in a message", place + ", as " + other));
        }
    }
}
