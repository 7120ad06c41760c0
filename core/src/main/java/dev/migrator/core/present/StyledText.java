package dev.migrator.core.present;

import java.util.ArrayList;
import java.util.List;

/** Lines of text with marks for how they may be shown. What comes from outside cannot steer a terminal. */
public record StyledText(List<Line> lines) {
    /** What a piece of text is, for whoever chooses colours. */
    public enum Tone {
        PLAIN(""),
        TITLE("1"),
        CREATE("32"),
        CHANGE("33"),
        REMOVE("31"),
        CAUTION("1;33"),
        QUIET("2");

        private final String ansi;

        Tone(String ansi) {
            this.ansi = ansi;
        }
    }

    public record Span(String text, Tone tone) {
        public Span {
            text = harmless(text);
        }
    }

    public record Line(List<Span> spans) {
        public Line {
            spans = List.copyOf(spans);
        }

        static Line of(Object... textsAndTones) {
            var spans = new ArrayList<Span>();
            for (int i = 0; i < textsAndTones.length; i += 2) {
                spans.add(new Span((String) textsAndTones[i], (Tone) textsAndTones[i + 1]));
            }
            return new Line(spans);
        }

        public String plain() {
            var text = new StringBuilder();
            spans.forEach(span -> text.append(span.text()));
            return text.toString().stripTrailing();
        }

        /** With the escape sequences of ECMA-48 that every terminal knows. */
        public String ansi() {
            var text = new StringBuilder();
            for (var span : spans) {
                if (span.tone() == Tone.PLAIN || span.text().isBlank()) {
                    text.append(span.text());
                } else {
                    text.append("\u001b[")
                            .append(span.tone().ansi)
                            .append('m')
                            .append(span.text())
                            .append("\u001b[0m");
                }
            }
            return text.toString();
        }
    }

    public StyledText {
        lines = List.copyOf(lines);
    }

    /** Each line ends with a line feed. */
    public String plain() {
        return joined(lines.stream().map(Line::plain).toList());
    }

    /** Each line ends with a line feed. */
    public String ansi() {
        return joined(lines.stream().map(Line::ansi).toList());
    }

    private static String joined(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    /**
     * Control characters, line separators, lone surrogates, and marks that turn the direction of writing or are not
     * seen, as their number: {@code \}{@code u202e}.
     */
    public static String harmless(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE -> out.append(String.format(c > 0xffff ? "\\u{%x}" : "\\u%04x", c));
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** As {@link #harmless}, over several lines. */
    public static String harmlessLines(String text) {
        return text.lines().map(StyledText::harmless).collect(java.util.stream.Collectors.joining("\n"));
    }
}
