package dev.migrator.core.kinds;

import java.util.regex.Pattern;

/**
 * Looks at the text of a statement as PostgreSQL reads it (manual, "Lexical Structure"), as far as is needed to see where it
 * ends: texts, quoted names, dollar quotes and comments are stepped over.
 */
final class SqlWords {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");
    private static final Pattern DOLLARS =
            Pattern.compile("\\$([A-Za-z_\\x80-\\x{10FFFF}][\\w\\x80-\\x{10FFFF}]*)?\\$");

    private static final char FIRST_BEYOND_ASCII = 0x80;

    private final String text;
    private int at;

    private SqlWords(String text) {
        this.text = text;
    }

    /** The first word, comments left out; empty when there is none. */
    static String first(String statement) {
        var words = new SqlWords(statement);
        words.blank();
        var word = WORD.matcher(statement).region(words.at, statement.length());
        return word.lookingAt() ? word.group() : "";
    }

    /**
     * Whether nothing but blanks and semicolons follows the first semicolon, and every quote is closed. A comment there would
     * be a statement of its own to the driver.
     */
    static boolean isOneStatement(String statement) {
        var words = new SqlWords(statement);
        boolean ended = false;
        boolean any = false;
        while (ended ? words.space() : words.blank()) {
            if (words.text.charAt(words.at) == ';') {
                ended = true;
                words.at++;
            } else if (ended || !words.step()) {
                return false;
            } else {
                any = true;
            }
        }
        return any && words.at == statement.length();
    }

    /** Steps over blanks. @return whether something follows */
    private boolean space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    /** Steps over blanks and comments. @return whether something follows; a comment without an end is left standing */
    private boolean blank() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                at = endOfLine();
            } else if (text.startsWith("/*", at)) {
                int end = endOfComment();
                if (end < 0) {
                    return true;
                }
                at = end;
            } else {
                return true;
            }
        }
        return false;
    }

    private int endOfLine() {
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** Comments stand within comments. @return behind its end, negative if it has none */
    private int endOfComment() {
        int depth = 0;
        for (int i = at; i < text.length() - 1; i++) {
            if (text.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    /** Steps over one thing. @return false if a quote or a comment is never closed */
    private boolean step() {
        char c = text.charAt(at);
        if (text.startsWith("/*", at)) {
            return false;
        }
        if (c == '\'') {
            return quoted('\'', isEscaping());
        }
        if (c == '"') {
            return quoted('"', false);
        }
        var dollars = DOLLARS.matcher(text).region(at, text.length());
        if (c == '$' && (at == 0 || !isOfName(text.charAt(at - 1))) && dollars.lookingAt()) {
            int end = text.indexOf(dollars.group(), dollars.end());
            at = end < 0 ? at : end + dollars.group().length();
            return end >= 0;
        }
        at++;
        return true;
    }

    /** A text that begins with E, where a backslash takes the next character along. */
    private boolean isEscaping() {
        return at > 0
                && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
                && (at == 1 || !isOfName(text.charAt(at - 2)));
    }

    /** To the server, anything beyond ASCII; to its driver, what Java takes. Where they differ, it is none to be sure of. */
    private static boolean isOfName(char c) {
        return c >= FIRST_BEYOND_ASCII || Character.isJavaIdentifierPart(c);
    }

    private boolean quoted(char quote, boolean escapes) {
        for (int i = at + 1; i < text.length(); i++) {
            if (escapes && text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == quote) {
                at = i + 1;
                return true;
            }
        }
        return false;
    }
}
