package dev.migrator.core.settings;

import dev.migrator.core.environment.Bake;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Mappable;
import dev.migrator.core.kinds.Shape;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.model.Placeholders;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The kinds of settings documents, and what the {@code spec} of each looks like. */
public enum SettingsKind {
    VARIABLES("Variables"),
    OVERLAY("Overlay"),
    MAPPING("Mapping"),
    PROJECT("Project"),
    ROLLOUT("Rollout");

    /** Patches of one overlay, at most. */
    static final int MAX_PATCHES = 10_000;

    /** Rules of one mapping, at most. */
    static final int MAX_RULES = 500;

    /** Phases of one rollout, at most; what none of them selects is one more. */
    static final int MAX_PHASES = 20;

    private static final int MAX_VARIABLES = 1_000;
    private static final int MAX_EXAMPLES = 100;
    private static final int MAX_OWNED = 1_000;
    private static final int MAX_LABELS = 64;
    private static final int MAX_RESOURCES = 1_000;
    private static final Shape.Text ENVIRONMENT =
            Shape.text("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?", "the name of an environment");
    private static final Shape.Text LABEL = Shape.anyText(63);
    /** Plans show it to those who approve them: nothing in it may look like anything else that a plan says. */
    private static final Shape.Text SELECTED = Shape.text(
            "(?![\\s\\p{Z}])[^,;=()\\[\\]{}<>\\p{C}\\p{Zl}\\p{Zp}]{1,63}(?<![\\s\\p{Z}])",
            "1 to 63 characters without , ; = brackets and control characters, and no blank at an end");

    private static final Shape.Text BAKE = Shape.text(Bake.FORM, "a time of 0s to 24h, such as 90s, 10m or 2h");
    private static final Shape.Text RESOURCE =
            Shape.text("[A-Za-z]{1,40}/[A-Za-z0-9._-]{1,249}", "kind and name of a resource, such as Topic/orders");
    private static final Pattern LABEL_NAME = Pattern.compile("[A-Za-z0-9._/-]{1,63}");
    private static final Pattern VARIABLE_NAME = Pattern.compile(Placeholders.NAME);
    private static final String VARIABLE_LIKE =
            "the name of a variable: a letter, then letters, digits, '.', '_' and '-', 64 in all";

    private final String title;

    SettingsKind(String title) {
        this.title = title;
    }

    /** As in manifests, e.g. {@code Overlay}. */
    public String title() {
        return title;
    }

    public static Optional<SettingsKind> find(String title) {
        return Arrays.stream(values()).filter(kind -> kind.title.equals(title)).findFirst();
    }

    /** Names of settings kinds as in manifests, ascending. */
    public static SortedSet<String> names() {
        return new TreeSet<>(Arrays.stream(values()).map(SettingsKind::title).toList());
    }

    /** What {@code spec} looks like. */
    public Shape.Fields spec() {
        return switch (this) {
            case VARIABLES ->
                Shape.fields()
                        .required(
                                "variables",
                                new Shape.Dictionary(VARIABLE_NAME, VARIABLE_LIKE, variable(), MAX_VARIABLES));
            case OVERLAY ->
                Shape.fields()
                        .required("environment", ENVIRONMENT)
                        .optional(
                                "variables",
                                new Shape.Dictionary(VARIABLE_NAME, VARIABLE_LIKE, new Shape.Scalar(), MAX_VARIABLES))
                        .optional("patches", new Shape.Items(patch(), 0, MAX_PATCHES));
            case MAPPING ->
                Shape.fields()
                        .required("environment", ENVIRONMENT)
                        .required("rules", new Shape.Items(rule(), 1, MAX_RULES))
                        .optional(
                                "mustMatch",
                                new Shape.Items(Shape.word(Mappable.ADDRESS, Mappable.PRINCIPAL, Mappable.HOST), 0, 3));
            case PROJECT ->
                Shape.fields()
                        .optional("repository", Shape.anyText(2_048))
                        .required("owns", new Shape.Items(owned(), 0, MAX_OWNED))
                        .optional("approvers", Shape.text("[A-Za-z0-9._@:/-]{1,128}", "the name of a group"))
                        .optional("pruning", new Shape.Flag())
                        .optional(
                                "limits",
                                Shape.fields()
                                        .optional("maxDeletes", new Shape.Whole(0, 1_000_000))
                                        .optional("maxDeletePercent", new Shape.Whole(0, 100)));
            case ROLLOUT ->
                Shape.fields()
                        .required("environments", new Shape.Items(ENVIRONMENT, 1, SettingsReader.MAX_ENVIRONMENTS))
                        .optional("phases", new Shape.Items(phase(), 0, MAX_PHASES))
                        .optional("rest", Shape.fields().required("bake", BAKE));
        };
    }

    private static Shape.Fields variable() {
        return Shape.fields()
                .required("type", new Shape.Word(VariableType.names()))
                .optional("default", new Shape.Scalar())
                .optional("allowed", new Shape.Items(new Shape.Scalar(), 1, 1_000))
                .optional("description", Shape.anyText(1_000));
    }

    private static Shape.Fields patch() {
        return Shape.fields()
                .required(
                        "select",
                        Shape.fields()
                                .optional(
                                        "kind", new Shape.Word(Kinds.standard().names()))
                                .optional(
                                        "name",
                                        Shape.text("[A-Za-z0-9._*-]{1,249}", "a logical name, in which * is any text"))
                                .optional("labels", new Shape.Dictionary(LABEL_NAME, "a label", LABEL, MAX_LABELS)))
                .required("patch", new Shape.AnyFields());
    }

    private static Shape.Fields phase() {
        return Shape.fields()
                .required(
                        "name",
                        Shape.text("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", "1 to 40 small letters, digits and '-'"))
                .required(
                        "select",
                        Shape.fields()
                                .optional(
                                        "labels",
                                        new Shape.Dictionary(LABEL_NAME, "a label", SELECTED, LabelSelector.MAX_LABELS))
                                .optional("resources", new Shape.Items(RESOURCE, 0, MAX_RESOURCES)))
                .optional("bake", BAKE);
    }

    private static Shape.Fields rule() {
        return Shape.fields()
                .optional("kind", new Shape.Word(Kinds.standard().names()))
                .required("field", Shape.anyText(140))
                .required("match", Shape.anyText(SafePattern.MAX_LENGTH))
                .required("to", new Shape.Scalar())
                .required(
                        "examples",
                        new Shape.Items(
                                Shape.fields()
                                        .required("given", new Shape.Scalar())
                                        .required("expect", new Shape.Scalar()),
                                1,
                                MAX_EXAMPLES));
    }

    private static Shape.Fields owned() {
        return Shape.fields()
                .optional("target", Shape.anyText(63))
                .required("kind", new Shape.Word(Kinds.standard().names()))
                .required("pattern", Shape.anyText(1_024));
    }
}
