package dev.migrator.core.canonical;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A strict JSON parser (RFC 8259) that refuses duplicate names, deep nesting and absurd numbers. */
final class JsonReader {
    static final int MAX_DEPTH = 64;
    static final int MAX_NUMBER_LENGTH = 64;

    private static final int MAX_SHARED = 1_024;
    private static final int MAX_SHARED_LENGTH = 32;

    private final String text;
    private final Map<String, String> shared = new HashMap<>();
    private int at;

    JsonReader(String text) {
        this.text = text;
    }

    static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    Problem.of("JSN-SYNTAX", "the text is not UTF-8")
                            .expected("UTF-8")
                            .todo("save it as UTF-8"),
                    e);
        }
    }

    Value document() {
        var value = value(0);
        blanks();
        if (at < text.length()) {
            throw syntax("the end of the text");
        }
        return value;
    }

    private Value value(int depth) {
        if (depth > MAX_DEPTH) {
            throw limit("at most " + MAX_DEPTH + " levels of nesting");
        }
        blanks();
        if (at >= text.length()) {
            throw syntax("a value");
        }
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Value.Text(string());
            case 't' -> word("true", new Value.Bool(true));
            case 'f' -> word("false", new Value.Bool(false));
            case 'n' -> word("null", Value.NULL);
            default -> number();
        };
    }

    private Value object(int depth) {
        at++;
        var fields = new TreeMap<String, Value>();
        blanks();
        if (skip('}')) {
            return new Value.Obj(fields);
        }
        do {
            blanks();
            if (at >= text.length() || text.charAt(at) != '"') {
                throw syntax("a name in double quotes");
            }
            var name = string();
            blanks();
            if (!skip(':')) {
                throw syntax("':' after the name " + name);
            }
            if (fields.put(name, value(depth + 1)) != null) {
                throw syntax("each name once, '" + name + "' is there twice");
            }
            blanks();
        } while (skip(','));
        if (!skip('}')) {
            throw syntax("',' or '}'");
        }
        return new Value.Obj(fields);
    }

    private Value array(int depth) {
        at++;
        var items = new ArrayList<Value>();
        blanks();
        if (skip(']')) {
            return new Value.Arr(items);
        }
        do {
            items.add(value(depth + 1));
            blanks();
        } while (skip(','));
        if (!skip(']')) {
            throw syntax("',' or ']'");
        }
        return new Value.Arr(items);
    }

    private String string() {
        at++;
        int start = at;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return shared(text.substring(start, at++));
        }
        return stringFrom(new StringBuilder(text.substring(start, at)));
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c != '"' && c != '\\';
    }

    /** Names, and words such as those of an enumeration, come again and again: one of each is enough. */
    private String shared(String read) {
        if (read.length() > MAX_SHARED_LENGTH || shared.size() >= MAX_SHARED && !shared.containsKey(read)) {
            return read;
        }
        var known = shared.putIfAbsent(read, read);
        return known == null ? read : known;
    }

    private String stringFrom(StringBuilder out) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            if (c < 0x20) {
                at--;
                throw syntax("no control character inside a string");
            }
            out.append(c == '\\' ? escape() : c);
        }
        throw syntax("a closing double quote");
    }

    private char escape() {
        if (at >= text.length()) {
            throw syntax("an escape after '\\'");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> {
                at--;
                throw syntax("one of the escapes of JSON");
            }
        };
    }

    private char unicode() {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            throw syntax("four hex digits after \\u");
        }
        char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
        at += 4;
        return c;
    }

    private Value number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        var digits = text.substring(start, at);
        if (digits.length() > MAX_NUMBER_LENGTH) {
            throw limit("numbers of at most " + MAX_NUMBER_LENGTH + " characters");
        }
        if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")) {
            at = start;
            throw syntax("a value");
        }
        try {
            return new Value.Num(new BigDecimal(digits));
        } catch (ProblemException e) {
            throw limit(e.problem().expected());
        }
    }

    private Value word(String word, Value value) {
        if (!text.startsWith(word, at)) {
            throw syntax("a value");
        }
        at += word.length();
        return value;
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private ProblemException syntax(String expected) {
        var found = at >= text.length() ? "the end of the text" : "'" + text.charAt(at) + "'";
        return new ProblemException(Problem.of("JSN-SYNTAX", "the text is not JSON")
                .about("character " + at)
                .expected(expected)
                .found(found));
    }

    private ProblemException limit(String expected) {
        return new ProblemException(Problem.of("JSN-LIMIT", "the JSON text goes past a limit")
                .about("character " + at)
                .expected(expected));
    }
}
