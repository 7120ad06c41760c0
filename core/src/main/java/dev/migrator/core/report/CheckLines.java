package dev.migrator.core.report;

import dev.migrator.core.error.Problem;
import java.util.ArrayList;
import java.util.List;

/** The lines of one check, as they are found; bounded. */
final class CheckLines {
    private static final int MOST = 100;

    private final String name;
    private final List<CheckLine> lines = new ArrayList<>();
    private int failures;

    CheckLines(String name) {
        this.name = name;
    }

    void fail(Problem problem) {
        failures++;
        if (lines.size() < MOST) {
            lines.add(CheckLine.failed(name, problem));
        }
    }

    void notChecked(String why) {
        if (lines.size() < MOST) {
            lines.add(CheckLine.notChecked(name, why));
        }
    }

    /** All of them; the text is what holds if nothing failed. */
    List<CheckLine> passing(String text) {
        if (failures == 0) {
            lines.addFirst(CheckLine.passed(name, text));
        } else if (failures > MOST) {
            lines.add(CheckLine.notChecked(name, "and more, of " + failures));
        }
        return List.copyOf(lines);
    }

    /** All of them, without a word on what holds. */
    List<CheckLine> all() {
        return List.copyOf(lines);
    }
}
