package dev.migrator.cli;

import static dev.migrator.cli.Statuses.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.render.OperationsText;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.StatusJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What became of each operation, as {@code migrator status} tells it. */
class OperationsTest {
    private static final String OPERATIONS = "GET /api/v1/migrations/m-1/operations";
    private static final String ALL = OPERATIONS + "?offset=0&limit=10000";
    private static final String ACTIONS = OPERATIONS + "?offset=0&limit=20&kind=action";

    @TempDir
    Path home;

    private final FakeConsole console = new FakeConsole();

    @BeforeEach
    void stackIsUp() throws IOException {
        Shell.stackIsUp(home, console.url());
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void eachOperationIsALineWithItsOutcomeAndWhatWentWrong() {
        console.migration(planned(7, MigrationState.ROLLED_BACK))
                .on(
                        ALL,
                        200,
                        page(
                                false,
                                operation(1, "create", "topic orders (kafka)", "applied", "applied"),
                                operation(2, "update", "topic refunds (kafka)", "failed", "already-applied"),
                                operation(3, "delete", "topic old (kafka)", "not-applied", "not-applied")));

        var text = run("status", "m-1", "--operations");

        assertThat(text.code()).isEqualTo(ExitCode.ROLLED_BACK);
        assertThat(text.out()).isEqualTo("""
                Migration m-1  test  ROLLED_BACK  operations 3
                    1 + topic orders (kafka)   applied, undone
                    2 ~ topic refunds (kafka)  failed, is as before  TGT-REFUSED it will not: that
                    3 - topic old (kafka)      not applied
                """);
        assertThat(run("status", "m-1", "--operations", "-o", "json").json())
                .containsExactly(page(
                        false,
                        operation(1, "create", "topic orders (kafka)", "applied", "applied"),
                        operation(2, "update", "topic refunds (kafka)", "failed", "already-applied"),
                        operation(3, "delete", "topic old (kafka)", "not-applied", "not-applied")));
        assertThat(run("status", "--operations").err()).contains("--operations needs the ID of a migration");
    }

    @Test
    void aLongPlanIsShownPageByPage() {
        console.migration(planned(7, MigrationState.EXECUTING))
                .on(ALL, 200, page(true, operation(1, "create", "topic a (kafka)", "applied", "")))
                .on(
                        OPERATIONS + "?offset=10000&limit=10000",
                        200,
                        page(false, operation(10_001, "create", "topic b (kafka)", "open", "")));

        assertThat(run("status", "m-1", "--operations").out())
                .contains("    1 + topic a (kafka)  applied", "10001 + topic b (kafka)  no answer yet")
                .containsOnlyOnce("Migration m-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "applied         | ''              | applied",
                "already-applied | ''              | already there",
                "conflict        | ''              | conflict, left alone",
                "unknown         | ''              | not known",
                "open            | ''              | no answer yet",
                "not-kept        | ''              | outcome not kept",
                "applied         | applied         | applied, undone",
                "applied         | already-applied | applied, is as before",
                "applied         | retained        | applied, out of use",
                "applied         | conflict        | applied, not undone: conflict",
                "applied         | failed          | applied, not undone",
                "applied         | unknown         | applied, undoing not known",
                "applied         | open            | applied, to be undone",
                "applied         | not-kept        | applied, outcome of undoing not kept",
                "not-applied     | not-applied     | not applied",
            })
    void everyOutcomeHasItsWords(String apply, String undo, String words) {
        var page = page(false, operation(1, "create", "topic a (kafka)", apply, undo));

        assertThat(OperationsText.table(page).getFirst().replaceAll(" *TGT-REFUSED.*", ""))
                .isEqualTo("    1 + topic a (kafka)  " + words);
    }

    @Test
    void theStatusHasALineForEachActionAndSaysWhereTheOthersAre() {
        console.migration(planned(7, MigrationState.ROLLED_BACK))
                .on(
                        ACTIONS,
                        200,
                        page(
                                true,
                                operation(2, "create", "action flush (cache)", "applied", "applied"),
                                operation(3, "create", "action warm (cache)", "failed", "already-applied")));

        assertThat(run("status", "m-1").out())
                .contains(
                        "  action flush (cache)  applied, undone\n",
                        "  action warm (cache)  failed, is as before  TGT-REFUSED it will not: that\n",
                        "further actions: migrator status m-1 --operations");
    }

    @Test
    void actionsThatCannotBeToldHideNothingElseAndBeforeTheFirstWriteNobodyAsks() {
        console.migration(planned(7, MigrationState.SUCCEEDED))
                .on(ACTIONS, 503, StatusJson.problem(Problem.of("OBJ-UNAVAILABLE", "the bucket does not answer")));
        var status = run("status", "m-1");
        assertThat(status.code()).isZero();
        assertThat(status.out()).contains("SUCCEEDED", "actions  cannot be told: OBJ-UNAVAILABLE");

        console.forget("GET /api/v1/migrations/m-1").migration(planned(8, MigrationState.AWAITING_APPROVAL));
        assertThat(run("status", "m-1").out()).doesNotContain("action");
        assertThat(console.calls()).containsOnlyOnce(ACTIONS);
    }

    @Test
    void whatComesFromOutsideCannotSteerTheTerminal() {
        var page = page(false, operation(1, "create", "topic \u001b[2J (kafka)", "applied", ""));

        assertThat(OperationsText.table(page).getFirst()).contains("\\u001b[2J").doesNotContain("\u001b");
    }

    private static Value.Obj page(boolean more, Value... items) {
        return Value.object(
                "direction", Value.of("undo"),
                "items", Value.array(List.of(items)),
                "more", Value.of(more),
                "operations", Value.of(items.length),
                "plan", Value.of(Statuses.PLAN.toString()));
    }

    /** @param undo empty if it does not undo */
    private static Value operation(int number, String verb, String entry, String apply, String undo) {
        var item = Value.object(
                "number", Value.of(number),
                "do", Value.of(verb),
                "entry", Value.of(entry),
                "apply", told(apply));
        var fields = new TreeMap<>(item.fields());
        if (!undo.isEmpty()) {
            fields.put("undo", told(undo));
        }
        return Value.object(fields);
    }

    private static Value told(String word) {
        return word.equals("failed")
                ? Value.object(
                        "is",
                        Value.of(word),
                        "problem",
                        StatusJson.problem(
                                Problem.of("TGT-REFUSED", "it will not").found("that")))
                : Value.object("is", Value.of(word));
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }
}
