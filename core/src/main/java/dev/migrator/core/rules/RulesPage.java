package dev.migrator.core.rules;

import dev.migrator.core.error.Finding.Severity;

/** {@code docs/rules.md}, written from the rules. */
public final class RulesPage {
    /** The command that writes the page anew. */
    public static final String REGENERATE = "./migrator explain --all > docs/rules.md";

    private static final String HEAD = """
            # Rules

            Every manifest is judged by these rules; all findings are given at once. An *error* stops, a *warning* is shown and goes
            into the plan for the approver. `migrator explain CODE` prints one of them. One that *can be suppressed* is silent about a resource
            whose manifest [says why](manifests.md#suppressions).

            This page is written from the rules themselves: `%s`.
            """.formatted(REGENERATE);

    private RulesPage() {}

    /** Markdown, ending with a line break. */
    public static String markdown() {
        var page = new StringBuilder(HEAD);
        for (var chapter : Rules.chapters()) {
            page.append("\n## ").append(chapter.title()).append('\n');
            chapter.rules().forEach(rule -> page.append('\n').append(section(rule)));
        }
        return page.toString();
    }

    private static String section(Rule rule) {
        return "### " + rule.code() + "\n\n" + sentence(rule.title()) + " *" + kind(rule) + ".*\n\n"
                + "- looks at: " + rule.looksAt() + "\n"
                + "- why: " + rule.why() + "\n"
                + "- do: " + rule.todo() + "\n";
    }

    /** E.g. {@code warning, judged offline, can be suppressed}. */
    public static String kind(Rule rule) {
        return (rule.severity() == Severity.ERROR ? "error" : "warning") + ", judged "
                + rule.judged().words() + (rule.suppressible() ? ", can be suppressed" : "");
    }

    private static String sentence(String title) {
        return Character.toUpperCase(title.charAt(0)) + title.substring(1) + ".";
    }
}
