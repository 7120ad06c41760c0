package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What groups, artifacts and versions of a registry have in common: what they are called, labels and rules. */
public final class RegistryFields {
    public static final String NAME = "name";
    public static final String DESCRIPTION = "description";
    /** Followed by the name of a label. */
    public static final String LABEL = "labels.";

    /** Followed by the type of a rule. */
    public static final String RULE = "rule.";

    /** Labels that begin with this are how the migrator marks what is out of use: never shown, never managed. */
    public static final String OWN_LABELS = "migrator-";

    private static final String LABELS = "labels";
    private static final String RULES = "rules";
    private static final int MAX_LABELS = 100;

    private RegistryFields() {}

    /** What the registry cuts off without a word is refused here. */
    static Shape name() {
        return new Shape.OrNull(Shape.anyText(512));
    }

    static Shape description() {
        return new Shape.OrNull(Shape.anyText(1024));
    }

    static Shape labels() {
        return new Shape.Dictionary(
                Pattern.compile("(?!" + OWN_LABELS + ")(?=.*\\S).{1,256}", Pattern.DOTALL),
                "1 to 256 characters that do not begin with " + OWN_LABELS,
                new Shape.OrNull(Shape.text(".{0,512}", "text of at most 512 characters")),
                MAX_LABELS);
    }

    /** Settings of Apicurio Registry's rules; null takes the rule away. */
    static Shape.Fields rules() {
        var fields = Shape.fields();
        for (var rule : ruleValues().entrySet()) {
            fields = fields.optional(rule.getKey(), new Shape.OrNull(rule.getValue()));
        }
        return fields;
    }

    /** The values of each rule. */
    static Map<String, Shape> ruleValues() {
        return Map.of(
                "COMPATIBILITY",
                Shape.word(
                        "NONE",
                        "BACKWARD",
                        "BACKWARD_TRANSITIVE",
                        "FORWARD",
                        "FORWARD_TRANSITIVE",
                        "FULL",
                        "FULL_TRANSITIVE"),
                "VALIDITY",
                Shape.word("NONE", "SYNTAX_ONLY", "FULL"),
                "INTEGRITY",
                Shape.word("NONE", "REFS_EXIST", "ALL_REFS_MAPPED", "NO_DUPLICATES", "FULL"));
    }

    /** Adds the fields of an entry that an object of a manifest speaks of; what it leaves out is not managed. */
    static void read(Value.Obj written, Map<String, Value> fields) {
        for (var field : new String[] {NAME, DESCRIPTION}) {
            if (written.fields().containsKey(field)) {
                fields.put(field, written.get(field));
            }
        }
        Specs.object(written, LABELS).fields().forEach((name, value) -> fields.put(LABEL + name, value));
    }

    static void readRules(Value.Obj written, Map<String, Value> fields) {
        Specs.object(written, RULES).fields().forEach((name, rule) -> fields.put(RULE + name, rule));
    }

    /** Where the value of such a field stands. */
    static Optional<String> placeOf(String field, String under) {
        if (field.equals(NAME) || field.equals(DESCRIPTION)) {
            return Optional.of(Notes.under(under, field));
        }
        return field.startsWith(LABEL)
                ? Optional.of(Notes.under(Notes.under(under, LABELS), field.substring(LABEL.length())))
                : Optional.empty();
    }

    static Optional<String> placeOfRule(String field) {
        return field.startsWith(RULE)
                ? Optional.of(Notes.under("/spec/" + RULES, field.substring(RULE.length())))
                : Optional.empty();
    }
}
