package dev.migrator.target.verify;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A type of entry to try the contract on, with the samples that the system gives of it.
 *
 * @param identity of the system, empty for none
 * @param atomic whether the system says that nothing can come between its comparing and writing
 * @param maxBatch entries in one request
 * @param first content of a new entry
 * @param second other content, valid too
 */
record Subject(
        String type,
        String identity,
        boolean atomic,
        Set<String> capabilities,
        int maxBatch,
        boolean incarnations,
        int longestAddress,
        Optional<Pattern> addressPattern,
        Map<String, Value> first,
        Map<String, Value> second,
        Optional<Map<String, Value>> refused,
        Optional<Map.Entry<String, Value>> unmanaged) {
    private static final int STANDARD_LENGTH = 249;
    private static final int DIGITS = 24;

    /** @throws ProblemException {@code TGT-CHECK} if the description gives too little to try anything */
    static Subject of(Value.Obj system, Value.Obj type) {
        var name = text(type, "type");
        if (!(type.get("examples") instanceof Value.Arr(var examples))
                || examples.size() != 2
                || !(examples.get(0) instanceof Value.Obj(var first))
                || !(examples.get(1) instanceof Value.Obj(var second))) {
            throw new ProblemException(Problem.of("TGT-CHECK", "the contract cannot be tried on this type of entry")
                    .about("type " + name)
                    .expected("two examples of its fields that differ, in the answer to GET /v1")
                    .found("none")
                    .todo("add examples to the description of the type"));
        }
        return new Subject(
                name,
                text(system, "identity"),
                system.get("atomic").equals(Value.of(true)),
                capabilities(system),
                system.get("maxBatch") instanceof Value.Num(var most) ? most.intValue() : 1,
                type.get("incarnations").equals(Value.of(true)),
                type.get("longestAddress") instanceof Value.Num(var longest) ? longest.intValue() : STANDARD_LENGTH,
                pattern(name, text(type, "addressPattern")),
                first,
                second,
                type.get("refusedExample") instanceof Value.Obj(var refused) ? Optional.of(refused) : Optional.empty(),
                type.get("unmanagedExample") instanceof Value.Obj(var unmanaged) && unmanaged.size() == 1
                        ? Optional.of(unmanaged.firstEntry())
                        : Optional.empty());
    }

    private static Set<String> capabilities(Value.Obj system) {
        var names = new TreeSet<String>();
        if (system.get("capabilities") instanceof Value.Arr(List<Value> items)) {
            items.forEach(item -> names.add(item instanceof Value.Text(var text) ? text : ""));
        }
        return names;
    }

    private static Optional<Pattern> pattern(String type, String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new ProblemException(Problem.of("TGT-CHECK", "the contract cannot be tried on this type of entry")
                    .about("type " + type + ", addressPattern")
                    .expected("a regular expression")
                    .found(text));
        }
    }

    /** The name itself where the system can have it, else one made of its digest; always the same for one name. */
    String address(String name) {
        if (isAllowed(name)) {
            return name;
        }
        var digits = Digest.ofText(name).hex();
        return "t-" + digits.substring(0, DIGITS);
    }

    boolean isAllowed(String name) {
        return name.length() <= longestAddress
                && addressPattern.map(pattern -> pattern.matcher(name).find()).orElse(true);
    }

    boolean deletes() {
        return capabilities.contains("DELETE");
    }

    boolean purges() {
        return capabilities.contains("PURGE");
    }

    boolean retires() {
        return capabilities.contains("RETIRE");
    }

    static String text(Value.Obj object, String field) {
        return object.get(field) instanceof Value.Text(var text) ? text : "";
    }
}
