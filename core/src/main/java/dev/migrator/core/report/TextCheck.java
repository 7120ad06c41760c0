package dev.migrator.core.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether what is there for people says what the other files say. It is made of them again; another version may word it otherwise,
 * so a difference is no failure, and nothing follows from such a text.
 */
final class TextCheck {
    private static final String NAME = "texts";

    private TextCheck() {}

    static List<CheckLine> of(ReportContents contents) {
        var lines = new CheckLines(NAME);
        if (contents.newest().isEmpty()) {
            lines.open("the report holds no status");
            return lines.all();
        }
        var newest = contents.newest().get();
        compare(contents, ReportRules.TIMELINE, () -> Timeline.bytes(facts(contents)), lines);
        contents.plan()
                .ifPresent(plan ->
                        compare(contents, ReportRules.PLAN_TEXT, () -> ReportWriter.planText(plan, newest), lines));
        return lines.passing("what is there for people is made of the other files");
    }

    private static ReportFacts facts(ReportContents contents) {
        return new ReportFacts(
                contents.statuses(),
                contents.approvals(),
                contents.facts(),
                contents.audit().stream().map(AuditChain.Link::entry).toList(),
                List.of());
    }

    private static void compare(ReportContents contents, String name, Supplier<byte[]> expected, CheckLines lines) {
        var found = contents.zip().find(name);
        if (found.isEmpty()) {
            contents.absent(name, lines);
        } else if (!isMade(found.get(), expected)) {
            lines.open(name + " is not what this version makes of the other files; "
                    + contents.manifest().made().tool() + " made it, or somebody with the key: read the other files");
        }
    }

    private static boolean isMade(byte[] found, Supplier<byte[]> expected) {
        try {
            return Arrays.equals(found, expected.get());
        } catch (RuntimeException _) {
            return false; // a hostile file says what no text can be made of, e.g. a time past the last one
        }
    }
}
