package dev.migrator.core.report;

import dev.migrator.core.error.Problem;
import java.util.ArrayList;
import java.util.List;

/** The lines of one check, as they are found; bounded. What failed is never crowded out by what was not checked. */
final class CheckLines {
    private static final int MOST = 100;

    private final String name;
    private final List<CheckLine> failed = new ArrayList<>();
    private final List<CheckLine> notChecked = new ArrayList<>();
    private int failures;
    private int unchecked;
    private boolean open;

    CheckLines(String name) {
        this.name = name;
    }

    void fail(Problem problem) {
        failures++;
        if (failed.size() < MOST) {
            failed.add(CheckLine.failed(name, problem));
        }
    }

    void notChecked(String why) {
        unchecked++;
        if (notChecked.size() < MOST) {
            notChecked.add(CheckLine.notChecked(name, why));
        }
    }

    /** What the whole check rests on was not checked: nothing passes. */
    void open(String why) {
        open = true;
        notChecked(why);
    }

    /** All of them; the text is what holds if nothing failed and nothing is open. */
    List<CheckLine> passing(String text) {
        var lines = new ArrayList<CheckLine>();
        if (failures == 0 && !open) {
            lines.add(CheckLine.passed(name, text));
        }
        lines.addAll(all());
        return lines;
    }

    /** All of them, without a word on what holds: first what failed. */
    List<CheckLine> all() {
        var lines = new ArrayList<>(failed);
        if (failures > MOST) {
            lines.add(CheckLine.failed(
                    name,
                    ReportRules.tooMuch(
                                    "check " + name, "at most " + MOST + " things that failed", failures + " in all")
                            .problem()));
        }
        lines.addAll(notChecked);
        if (unchecked > MOST) {
            lines.add(CheckLine.notChecked(name, "and more, of " + unchecked));
        }
        return lines;
    }
}
