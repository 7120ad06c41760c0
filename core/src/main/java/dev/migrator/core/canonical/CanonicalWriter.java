package dev.migrator.core.canonical;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes the canonical form piece by piece, for what is too large to be held as one {@link Value} beside its bytes. What is
 * written is refused unless it is canonical: names of an object come in ascending order, each once.
 */
public final class CanonicalWriter {
    private static final int BUFFER = 2_048;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private final Deque<Open> open = new ArrayDeque<>();
    private int filled;

    /** An object or array that is not complete. */
    private static final class Open {
        final char end;
        String lastName;
        boolean named;
        boolean first = true;

        Open(char end) {
            this.end = end;
        }
    }

    private CanonicalWriter(OutputStream out) {
        this.out = out;
    }

    /** The bytes of what is written. */
    public static byte[] bytes(Consumer<CanonicalWriter> content) {
        var bytes = new ByteArrayOutputStream(BUFFER);
        write(bytes, content);
        return bytes.toByteArray();
    }

    /** The digest of what is written; the bytes are kept nowhere. */
    public static Digest digest(Consumer<CanonicalWriter> content) {
        var sha256 = Digest.sha256();
        write(
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        sha256.update((byte) one);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) {
                        sha256.update(bytes, from, length);
                    }
                },
                content);
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }

    /** Whether these bytes, no more and no fewer, are what is written. */
    public static boolean matches(byte[] bytes, Consumer<CanonicalWriter> content) {
        var comparing = new Comparing(bytes);
        write(comparing, content);
        return comparing.same && comparing.at == bytes.length;
    }

    /** Writes it there as it comes, in pieces. @throws UncheckedIOException if that cannot be written to */
    public static void write(OutputStream out, Consumer<CanonicalWriter> content) {
        var writer = new CanonicalWriter(out);
        content.accept(writer);
        if (!writer.open.isEmpty()) {
            throw new IllegalStateException("an object or array is not ended");
        }
        writer.flush();
    }

    public CanonicalWriter beginObject() {
        return begin('{', '}');
    }

    public CanonicalWriter beginArray() {
        return begin('[', ']');
    }

    /** Ends the innermost object or array. */
    public CanonicalWriter end() {
        var ended = open.pop();
        if (ended.named) {
            throw new IllegalStateException("the name " + ended.lastName + " has no value");
        }
        put(ended.end);
        return this;
    }

    /**
     * The name of the next value.
     *
     * @throws IllegalStateException unless it comes after all names of this object so far
     */
    public CanonicalWriter name(String name) {
        var object = open.element();
        if (object.end != '}' || object.named) {
            throw new IllegalStateException("no name can come here: " + name);
        }
        if (object.lastName != null && object.lastName.compareTo(name) >= 0) {
            throw new IllegalStateException("not ascending: " + name + " after " + object.lastName);
        }
        comma(object);
        quote(name);
        put(':');
        object.lastName = name;
        object.named = true;
        return this;
    }

    public CanonicalWriter value(Value value) {
        beforeValue();
        write(value);
        return this;
    }

    public CanonicalWriter value(String text) {
        return value(Value.of(text));
    }

    private CanonicalWriter begin(char begin, char end) {
        beforeValue();
        put(begin);
        open.push(new Open(end));
        return this;
    }

    private void beforeValue() {
        if (open.isEmpty()) {
            return;
        }
        var holder = open.element();
        if (holder.end == ']') {
            comma(holder);
        } else if (!holder.named) {
            throw new IllegalStateException("a value without a name");
        }
        holder.named = false;
    }

    private void comma(Open holder) {
        if (!holder.first) {
            put(',');
        }
        holder.first = false;
    }

    private void write(Value value) {
        switch (value) {
            case Value.Nil _ -> ascii("null");
            case Value.Bool(var b) -> ascii(String.valueOf(b));
            case Value.Num(BigDecimal n) -> ascii(n.toPlainString());
            case Value.Text(var s) -> quote(s);
            case Value.Arr(var items) -> {
                put('[');
                for (int i = 0; i < items.size(); i++) {
                    if (i > 0) {
                        put(',');
                    }
                    write(items.get(i));
                }
                put(']');
            }
            case Value.Obj(var fields) -> {
                put('{');
                var first = true;
                for (Map.Entry<String, Value> field : fields.entrySet()) {
                    if (!first) {
                        put(',');
                    }
                    first = false;
                    quote(field.getKey());
                    put(':');
                    write(field.getValue());
                }
                put('}');
            }
        }
    }

    private void quote(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c < 0x20) {
                control(c);
            } else if (c < 0x80) {
                put(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8(text.substring(i, i + 2));
                i++;
            } else if (Character.isSurrogate(c)) {
                // a lone one has no UTF-8 form: escaped, so that the text survives a round trip
                ascii(String.format("\\u%04x", (int) c));
            } else {
                utf8(String.valueOf(c));
            }
        }
        put('"');
    }

    private void control(char c) {
        switch (c) {
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            case '\b' -> ascii("\\b");
            case '\f' -> ascii("\\f");
            default -> ascii(String.format("\\u%04x", (int) c));
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void utf8(String text) {
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            put((char) (one & 0xff));
        }
    }

    /** @param one an ASCII character, or one byte of a longer one */
    private void put(char one) {
        if (filled == BUFFER) {
            flush();
        }
        buffer[filled++] = (byte) one;
    }

    private void flush() {
        try {
            out.write(buffer, 0, filled);
            filled = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares what arrives with what is expected. */
    private static final class Comparing extends OutputStream {
        private final byte[] expected;
        private int at;
        private boolean same = true;

        Comparing(byte[] expected) {
            this.expected = expected;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            if (!same) {
                return;
            }
            int to = at + length;
            same = to <= expected.length && Arrays.equals(bytes, from, from + length, expected, at, to);
            at = to;
        }
    }
}
