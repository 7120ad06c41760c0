package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import java.util.List;

/** Whether the chain of audit entries is whole, and each entry is itself. */
final class AuditCheck {
    private static final String NAME = "audit";
    private static final String LOG = "audit-log";
    private static final String WHAT_TO_DO = "look the entry up at its place in the audit topic";

    private final ReportContents contents;
    private final CheckLines lines = new CheckLines(NAME);
    private int untold;

    private AuditCheck(ReportContents contents) {
        this.contents = contents;
    }

    static List<CheckLine> of(ReportContents contents) {
        var check = new AuditCheck(contents);
        check.chain();
        check.contents.audit().forEach(check::itself);
        if (check.untold > 0) {
            check.lines.notChecked(check.untold + " entries have too many lines to compute their ids again");
        }
        var lines = new java.util.ArrayList<>(
                check.lines.passing(contents.audit().size() + " entries, unbroken up to the head "
                        + contents.manifest().audit().head()));
        lines.add(CheckLine.notChecked(
                LOG,
                contents.isSaidToBeMissing(NAME)
                        ? contents.why(NAME)
                        : "whether the topic held further entries: the chain begins and ends in this report, the log"
                                + " itself is not sealed; each entry names its place there"));
        return lines;
    }

    private void chain() {
        var before = AuditChain.root(contents.manifest().migration());
        long number = 0;
        for (var link : contents.audit()) {
            if (link.number() != number + 1) {
                lines.fail(broken(
                        "an audit entry is not there, or not in its place",
                        describe(link),
                        "entry " + (number + 1),
                        "entry " + link.number()));
            } else if (!link.following(before).equals(link.link())) {
                lines.fail(broken(
                        "an audit entry was changed, or is not in its place",
                        describe(link),
                        link.link().toString(),
                        link.following(before).toString()));
            }
            number = link.number();
            before = link.link();
        }
        end(before);
    }

    private void end(Digest head) {
        var stated = contents.manifest().audit();
        if (stated.entries() != contents.audit().size() || !stated.head().equals(head)) {
            lines.fail(broken(
                    "the audit entries end elsewhere than the manifest says",
                    contents.audit().isEmpty()
                            ? "no entry"
                            : describe(contents.audit().getLast()),
                    stated.entries() + " entries, head " + stated.head(),
                    contents.audit().size() + " entries, head " + head));
        }
    }

    private void itself(AuditChain.Link link) {
        var entry = link.entry().said();
        var itself = entry.isItself();
        if (itself.isEmpty()) {
            untold++;
        } else if (!itself.get()) {
            lines.fail(Problem.of("RPT-AUDIT-ENTRY", "an audit entry is not the one that its id was made of")
                    .about(describe(link))
                    .expected(entry.id())
                    .found("an entry with another id")
                    .todo(WHAT_TO_DO));
        }
        if (!entry.migration().equals(contents.manifest().migration().value())
                || !entry.environment().equals(contents.manifest().environment())) {
            lines.fail(Problem.of("RPT-AUDIT-ENTRY", "an audit entry is one about another migration")
                    .about(describe(link))
                    .expected(contents.manifest().migration() + " in "
                            + contents.manifest().environment())
                    .found(entry.migration() + " in " + entry.environment())
                    .todo(WHAT_TO_DO));
        }
    }

    private static String describe(AuditChain.Link link) {
        return "entry " + link.number() + ", " + link.entry().said().decision() + ", "
                + link.entry().place();
    }

    private static Problem broken(String message, String thing, String expected, String found) {
        return Problem.of("RPT-AUDIT-CHAIN", message)
                .about(thing)
                .expected(expected)
                .found(found)
                .todo(WHAT_TO_DO);
    }
}
