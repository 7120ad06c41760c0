package dev.migrator.core.present;

/**
 * What comes from outside, written so that Markdown shows it and does nothing else with it: no table cell, link, mention,
 * image or HTML begins or ends in it. Entities never make structure, and inside {@code <code>} nobody is mentioned.
 */
final class Markdown {
    private static final String PARTED = "<!-- -->";
    private static final String RAW = " ,./+=-";

    private Markdown() {}

    /** In one line; a text from outside. @param most characters of it, from 1; the rest is cut */
    static String code(String outside, int most) {
        return outside.isEmpty() ? "" : "<code>" + escaped(shortened(StyledText.harmless(outside), most)) + "</code>";
    }

    static String words(Words words, int most) {
        var text = new StringBuilder();
        words.pieces()
                .forEach(piece -> text.append(piece.outside() ? code(piece.text(), most) : escaped(piece.text())));
        return text.toString();
    }

    /** Over several lines, as a block that ends where it should: its fence is longer than any inside it. */
    static String block(String outside) {
        var text = StyledText.harmlessLines(outside);
        int longest = 2;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        var fence = "`".repeat(longest + 1);
        return fence + "text\n" + text + "\n" + fence + "\n";
    }

    static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c < 128 && RAW.indexOf(c) >= 0) {
                out.appendCodePoint(c);
            } else {
                out.append("&#").append(c).append(';');
            }
        });
        // what looks like an address would become a link, even there; a comment parts it, and shows nothing
        return out.toString()
                .replaceAll("(?i)(www)\\.", "$1" + PARTED + ".")
                .replace("&#58;//", "&#58;" + PARTED + "//")
                .replace("&#64;", "&#64;" + PARTED);
    }

    static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
