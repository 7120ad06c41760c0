package dev.migrator.target.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.target.verify.RuleResult.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A verification that lets every server pass is worth nothing: servers with one mistake each have to fail it. */
class MistakesAreFoundTest {
    static final String TOKEN = "a-token-of-this-test";

    /** Enough to take several requests and pages. */
    private static final int MANY = 30;

    @TempDir
    static Path folder;

    private static ExampleServer example;

    @BeforeAll
    static void start() throws Exception {
        example = new ExampleServer(folder.resolve("policies.json"), TOKEN);
    }

    @AfterAll
    static void stop() {
        example.close();
    }

    @Test
    void aServerWithoutAMistakePassesAndIsLeftAsItWas() throws Exception {
        var before = Files.exists(folder.resolve("policies.json"))
                ? Files.readString(folder.resolve("policies.json"))
                : "{}";

        var verification = verify(Mistake.NONE, _ -> true);

        assertThat(failed(verification)).isEmpty();
        assertThat(verification.count(Verdict.PASSED)).isGreaterThan(70);
        assertThat(verification.leftBehind()).isEmpty();
        assertThat(Files.readString(folder.resolve("policies.json"))).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(value = Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aServerWithAMistakeFails(Mistake mistake) throws Exception {
        assertThat(failed(verify(mistake, result -> result.verdict() != Verdict.FAILED)))
                .as("rules that notice %s", mistake)
                .isNotEmpty();
    }

    @Test
    void theProgramPrintsEachRuleAndEndsWithZeroOrOne() throws Exception {
        var token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        try (var broken = new Proxy(example.url(), Mistake.IGNORES_THE_IDENTITY)) {
            var ended = run(broken.url(), "--token-file", token.toString(), "--yes");

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.out())
                    .contains("type bucket-policy of bucket policies 1.0, identity ")
                    .containsPattern("passed +compare and set +a create makes what it says")
                    .containsPattern("failed +protocol +a request for another system writes nothing")
                    .contains(" 1 failed, ", "everything that was made is gone again");
        }
        var json = run(example.url(), "--token-file", token.toString(), "--yes", "--json");
        assertThat(json.code()).isZero();
        assertThat(json.out()).startsWith("{\"name\":\"bucket policies\",\"passed\":true,");
        assertThat(json.out().lines()).hasSize(1);
    }

    @Test
    void nothingIsWrittenWithoutAYes() throws Exception {
        var token = Files.writeString(folder.resolve("token"), TOKEN);

        var ended = run(example.url(), "--token-file", token.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("Go on? [y/N] ", "nothing was written").doesNotContain(TOKEN);
    }

    @Test
    void whatCannotBeOpenedIsSaid() throws Exception {
        assertThat(run(example.url(), "--yes").err()).contains("TGT-AUTHENTICATION");
        assertThat(run("http://127.0.0.1:1", "--yes").err()).contains("TGT-NOTHING-LISTENS");
        var token = Files.writeString(folder.resolve("token"), TOKEN);
        assertThat(run(example.url(), "--token-file", token.toString(), "--type", "route", "--yes")
                        .err())
                .contains("TGT-KIND", "one of bucket-policy");
    }

    private record Ended(int code, String out, String err) {}

    private static Ended run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = new Main(
                        List.of(arguments),
                        new StringReader(""),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run();
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Verification verify(Mistake mistake, Predicate<RuleResult> goesOn) throws Exception {
        try (var proxy = new Proxy(example.url(), mistake)) {
            var server = new Server(proxy.url(), Optional.of(TOKEN));
            var subject =
                    Server.subjects(server.description(), Optional.empty()).getFirst();
            return Verification.of(server, subject, MANY, goesOn);
        }
    }

    private static List<String> failed(Verification verification) {
        var failed = new ArrayList<String>();
        verification.results().stream()
                .filter(result -> result.verdict() == Verdict.FAILED)
                .forEach(result -> failed.add(result.topic() + ": " + result.rule() + ": " + result.why()));
        return failed;
    }
}
