package dev.migrator.core.present;

/** Text as HTML: nothing in it begins or ends an element, an attribute or a direction of writing. */
final class Html {
    private Html() {}

    /** In one line. */
    static String text(String outside) {
        return escaped(StyledText.harmless(outside));
    }

    /** Over several lines. */
    static String lines(String outside) {
        return escaped(StyledText.harmlessLines(outside));
    }

    static String words(Words words) {
        var out = new StringBuilder();
        words.pieces()
                .forEach(piece ->
                        out.append(piece.outside() ? "<code>" + text(piece.text()) + "</code>" : text(piece.text())));
        return out.toString();
    }

    private static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
