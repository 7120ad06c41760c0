package dev.migrator.core.report;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ApprovalStatement;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** Files of one canonical JSON object a line, and back. */
final class ReportLines {
    private static final String SAID = "said";

    private ReportLines() {}

    static byte[] bytes(List<? extends Value> lines) {
        var out = new ByteArrayOutputStream();
        for (var line : lines) {
            out.writeBytes(CanonicalJson.bytes(line));
            out.write('\n');
        }
        return out.toByteArray();
    }

    /**
     * @param name of the file, for what is wrong with it
     * @throws ProblemException {@code RPT-CONTENT} naming the first line that is none, or is not in the one form
     */
    static <T> List<T> read(String name, byte[] bytes, Function<Value.Obj, T> line) {
        var read = new ArrayList<T>();
        int from = 0;
        while (from < bytes.length) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            var text = Arrays.copyOfRange(bytes, from, end);
            try {
                var value = (Value.Obj) CanonicalJson.parse(text);
                if (end == bytes.length || !Arrays.equals(CanonicalJson.bytes(value), text)) {
                    throw new IllegalArgumentException("not the one form of these values");
                }
                read.add(line.apply(value));
            } catch (RuntimeException e) {
                throw unreadable(name + ", line " + (read.size() + 1), e);
            }
            from = end + 1;
        }
        return read;
    }

    static ProblemException unreadable(String thing, RuntimeException e) {
        return new ProblemException(
                Problem.of("RPT-CONTENT", "a file of the report does not say what it should")
                        .about(thing)
                        .expected("what the console writes there")
                        .found(
                                e instanceof ProblemException bad
                                        ? bad.problem().message()
                                        : String.valueOf(e.getMessage()))
                        .todo("fetch the report again, with a version of the command line that is as new"),
                e);
    }

    static <T> Value.Obj recorded(Recorded<T> recorded, Function<T, ? extends Value> said) {
        return Value.object(
                "topic",
                Value.of(recorded.topic()),
                "partition",
                Value.of(recorded.partition()),
                "offset",
                Value.of(recorded.offset()),
                "at",
                Value.of(recorded.at().toString()),
                SAID,
                said.apply(recorded.said()));
    }

    static <T> Recorded<T> recordedOf(Value.Obj line, Function<Value, T> said) {
        return new Recorded<>(
                text(line, "topic"),
                (int) number(line, "partition"),
                number(line, "offset"),
                Instant.parse(text(line, "at")),
                said.apply(line.get(SAID)));
    }

    static Value approval(SignedApproval approval) {
        return Value.object(
                "statement", approval.statement().toValue(),
                "signature", Value.of(Base64.getEncoder().encodeToString(approval.signature())),
                "keyId", Value.of(approval.keyId()));
    }

    static SignedApproval approvalOf(Value value) {
        var approval = (Value.Obj) value;
        return new SignedApproval(
                ApprovalStatement.fromValue((Value.Obj) approval.get("statement")),
                Base64.getDecoder().decode(text(approval, "signature")),
                text(approval, "keyId"));
    }

    /** With members beside it. */
    static Value.Obj with(Value.Obj line, Object... namesAndValues) {
        var members = new TreeMap<>(line.fields());
        members.putAll(Value.object(namesAndValues).fields());
        return Value.object(members);
    }

    static String text(Value.Obj holder, String name) {
        return ((Value.Text) holder.get(name)).value();
    }

    static long number(Value.Obj holder, String name) {
        return ((Value.Num) holder.get(name)).value().longValueExact();
    }
}
