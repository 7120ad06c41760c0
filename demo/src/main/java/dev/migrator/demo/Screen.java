package dev.migrator.demo;

import dev.migrator.core.error.Problem;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What the demo prints with: lines of at most {@value #WIDTH} columns, colours where somebody sees them. */
final class Screen {
    static final int WIDTH = 100;
    private static final String INDENT = "   ";

    /** How a line is meant. */
    enum Tone {
        TITLE("1"),
        PLAIN(""),
        QUIET("2"),
        GOOD("32"),
        CARE("33"),
        BAD("31;1");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean colors;
    private int chapter;

    Screen(PrintStream out, boolean colors) {
        this.out = out;
        this.colors = colors;
    }

    boolean colors() {
        return colors;
    }

    /** Begins the next part, numbered. */
    void chapter(String title) {
        chapter++;
        print("");
        print(paint(Tone.TITLE, chapter + "  " + title));
    }

    /** Wrapped where it is too long. */
    void line(String text) {
        line(Tone.PLAIN, text);
    }

    void line(Tone tone, String text) {
        int hang = text.length() - text.stripLeading().length();
        wrapped(text.strip(), WIDTH - INDENT.length() - hang)
                .forEach(part -> print(INDENT + " ".repeat(hang) + paint(tone, part)));
    }

    /** A table row of somebody else's: what does not fit goes below, further in. */
    void row(String text) {
        var parts = wrapped(text.stripTrailing(), WIDTH - 2 * INDENT.length());
        for (int i = 0; i < parts.size(); i++) {
            print(INDENT + (i == 0 ? "" : INDENT) + parts.get(i));
        }
    }

    /** Something that was found to be so. */
    void checked(String text) {
        marked(Tone.GOOD, "✔", text);
    }

    void marked(Tone tone, String mark, String text) {
        marked(tone, mark, "", 0, text);
    }

    /** A mark, a name, and what is to say about it, wrapped below itself. */
    void marked(Tone tone, String mark, String name, int width, String text) {
        var parts = wrapped(text, WIDTH - INDENT.length() - 2 - width);
        for (int i = 0; i < parts.size(); i++) {
            print(INDENT
                    + (i == 0 ? paint(tone, mark) + " " : "  ")
                    + column(i == 0 ? name : "", width)
                    + parts.get(i));
        }
    }

    /** A name and what is to say about it, wrapped below itself. */
    void pair(String name, int width, String text) {
        var parts = wrapped(text, WIDTH - INDENT.length() - width);
        for (int i = 0; i < parts.size(); i++) {
            print(INDENT + column(i == 0 ? name : "", width) + parts.get(i));
        }
    }

    private static String column(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    void title(String text) {
        print(paint(Tone.TITLE, text));
    }

    void gap() {
        print("");
    }

    /** A problem with its details, as the command line shows it. */
    void problem(Problem problem) {
        line(Tone.BAD, "error " + problem.code() + "  " + problem.message());
        detail("thing", problem.thing());
        detail("expected", problem.expected());
        detail("found", problem.found());
        detail("do", problem.todo());
    }

    private void detail(String name, String text) {
        if (!text.isEmpty()) {
            pair("  " + name, 12, text);
        }
    }

    /** As it is, coloured or not. */
    void raw(String text) {
        text.lines().forEach(line -> print(line.isEmpty() ? "" : INDENT + line));
    }

    private void print(String line) {
        out.println(line.stripTrailing());
        out.flush();
    }

    String paint(Tone tone, String text) {
        return !colors || tone.code.isEmpty() || text.isEmpty() ? text : "\033[" + tone.code + "m" + text + "\033[0m";
    }

    /** At spaces; a word that is longer than a line is cut. */
    static List<String> wrapped(String text, int width) {
        var lines = new ArrayList<String>();
        var rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
