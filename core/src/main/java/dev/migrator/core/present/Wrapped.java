package dev.migrator.core.present;

import dev.migrator.core.present.StyledText.Line;
import dev.migrator.core.present.StyledText.Tone;
import java.util.ArrayList;
import java.util.List;

/** A sentence behind a label, broken at spaces so that it fits on a terminal, indented below its label. */
record Wrapped(String label, List<String> parts) {
    private static final int COLUMNS = 100;

    static Wrapped of(String label, String sentence) {
        var parts = new ArrayList<String>();
        int room = COLUMNS - label.length();
        var line = new StringBuilder();
        for (var word : StyledText.harmless(sentence).split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                parts.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        parts.add(line.toString());
        return new Wrapped(label, parts);
    }

    List<Line> lines(Tone ofLabel, Tone ofText) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < parts.size(); i++) {
            lines.add(Line.of(i == 0 ? label : " ".repeat(label.length()), ofLabel, parts.get(i), ofText));
        }
        return lines;
    }
}
