package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionAddressTest {
    private static final String FLUSH =
            "flush {\"http\":{\"do\":{\"method\":\"POST\",\"path\":\"/flush\"}," + "\"probe\":{\"path\":\"/state\"}}}";

    @Provide
    Arbitrary<ActionAddress> actions() {
        var names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars(".-_")
                .ofMinLength(1)
                .ofMaxLength(30);
        return Combinators.combine(names, Arbitraries.oneOf(overHttp(), inSql(), overKafka()))
                .as(ActionAddress::new);
    }

    /** Any text that a manifest takes: quotes, braces, blanks and letters of any script among it. */
    private static Arbitrary<Value> texts() {
        return Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(40)
                .filter(text -> !text.isBlank() && text.chars().noneMatch(c -> Character.isSurrogate((char) c)))
                .map(Value::of);
    }

    private static Arbitrary<Value.Obj> overHttp() {
        return Combinators.combine(texts(), Arbitraries.longs(), Arbitraries.of(true, false))
                .as((text, number, undoes) -> definition(
                        "http",
                        Value.object(
                                "method", Value.of("POST"),
                                "path", Value.of("/a/b?c=d%20e"),
                                "body", Value.object("text", text, "number", Value.of(number))),
                        Value.object("path", Value.of("/s"), "field", Value.of("/a b"), "equals", text),
                        undoes));
    }

    private static Arbitrary<Value.Obj> inSql() {
        return Combinators.combine(texts(), Arbitraries.of(true, false))
                .as((text, undoes) -> definition(
                        "sql",
                        Value.object(
                                "statement", Value.of("SELECT\n\t'a ''b'' {' -- ;\n"),
                                "parameters", Value.array(List.of(text, Value.NULL))),
                        Value.object("statement", Value.of("SELECT true")),
                        undoes));
    }

    private static Arbitrary<Value.Obj> overKafka() {
        return texts().map(text -> Value.object(
                "kafka",
                Value.object(
                        "do",
                        Value.object("topic", Value.of("t"), "key", text, "value", text),
                        "undo",
                        Value.object("value", Value.NULL))));
    }

    private static Value.Obj definition(String type, Value.Obj step, Value.Obj probe, boolean undoes) {
        return Value.object(
                type,
                undoes
                        ? Value.object("do", step, "undo", step, "probe", probe)
                        : Value.object("do", step, "probe", probe));
    }

    @Property(tries = 500)
    void whateverItDoesItIsReadAsItIsWritten(@ForAll("actions") ActionAddress action) {
        assertThat(ActionAddress.parse(action.text())).isEqualTo(action);
    }

    @Property(tries = 300)
    void anotherDefinitionIsAnotherAction(
            @ForAll("actions") ActionAddress one, @ForAll("actions") ActionAddress other) {
        assertThat(one.text().equals(other.text())).isEqualTo(one.equals(other));
    }

    @Property(tries = 300)
    void theNameIsFoundWithoutReadingTheRest(@ForAll("actions") ActionAddress action) {
        assertThat(ActionAddress.nameOf(new EntryKey("t", "action", action.text())))
                .isEqualTo(action.name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "flush",
                "flush ",
                " {}",
                "flush {}",
                "flush []",
                "flush {\"http\":{}}",
                "flush {\"ftp\":{}}",
                "flush {\"http\":{\"do\":{\"method\":\"GET\",\"path\":\"/f\"},\"probe\":{\"path\":\"/s\"}}}",
                "flush {\"http\":{\"do\":{\"method\":\"POST\",\"path\":\"//../f\"},\"probe\":{\"path\":\"/s\"}}}",
                "flush {\"http\":{\"do\":{\"method\":\"POST\",\"path\":\"/f\"},\"probe\":{\"path\":\"/s\"}} }",
                "flush  {\"http\":{\"do\":{\"method\":\"POST\",\"path\":\"/f\"},\"probe\":{\"path\":\"/s\"}}}"
            })
    void whatIsNeverWrittenIsNotRead(String text) {
        assertThatThrownBy(() -> ActionAddress.parse(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("ACT-ADDRESS"));
    }

    @Test
    void eachTryOfOneDirectionHasOneKeyAndNothingElseHasIt() {
        var key = new EntryKey("cache", "action", FLUSH);

        assertThat(ActionAddress.idempotencyKey(key, false))
                .isEqualTo(ActionAddress.idempotencyKey(new EntryKey("cache", "action", FLUSH), false))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(ActionAddress.idempotencyKey(key, true))
                .isNotEqualTo(ActionAddress.idempotencyKey(new EntryKey("other", "action", FLUSH), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f",
                "http://elsewhere/f",
                "//elsewhere/../f",
                "/a/../f",
                "/..",
                "/a/./f",
                "/a/%2e%2e/f",
                "/a/%2E./f",
                "/a%2ff",
                "/a%5c..%5cf",
                "/a/%252e%252e/f",
                "/a b",
                "/a#b",
                "/a%zz",
                "/a%",
                "/a?q=100%",
                "/a?q=%zz",
                "/..;/..;/manager",
                "/..;a=b/manager",
                "/a/..;",
                "/a/.../b",
                "/a/..%3b/b",
                "/a/..%00/b",
                "/a%3bb",
                "/a/..%20/b",
                "/a\\b",
                "/a\nb"
            })
    void aPathLeadsNowhereElse(String path) {
        var notes = new Notes();

        ActionSpec.check(
                definition(
                        "http",
                        Value.object("method", Value.of("POST"), "path", Value.of(path)),
                        Value.object("path", Value.of("/s")),
                        false),
                notes);

        assertThat(notes.all()).extracting(note -> note.problem().code()).containsExactly("ACT-PATH");
    }

    /** As long as a definition may be: what is judged character by character needs no stack for each. */
    @Test
    void longPathsAndFieldsAreJudged() {
        var longPath = "/" + "a".repeat(1_998) + "?" + "%20".repeat(2_000 / 3 - 1);
        for (var path : List.of("/a".repeat(1_000), "/%20".repeat(500), longPath.substring(0, 2_000))) {
            var action = new ActionAddress(
                    "long",
                    definition(
                            "http",
                            Value.object("method", Value.of("POST"), "path", Value.of(path)),
                            Value.object(
                                    "path", Value.of("/s"), "field", Value.of("/a".repeat(100)), "equals", Value.of(1)),
                            false));

            assertThat(ActionAddress.parse(action.text())).isEqualTo(action);
        }
        var endless =
                "long {\"http\":{\"do\":{\"method\":\"POST\",\"path\":\"/f\"},\"probe\":{\"equals\":1,\"field\":\""
                        + "/a".repeat(1_500) + "\",\"path\":\"/s\"}}}";
        assertThatThrownBy(() -> ActionAddress.parse(endless)).isInstanceOf(ProblemException.class);
    }
}
