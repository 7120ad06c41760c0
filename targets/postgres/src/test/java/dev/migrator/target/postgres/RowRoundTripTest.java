package dev.migrator.target.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes into a column comes out of it again, or is refused with what to write instead. */
class RowRoundTripTest {
    static TargetWriter writer;

    @BeforeAll
    static void open() throws Exception {
        TestDatabase.run(
                "CREATE SCHEMA IF NOT EXISTS rt",
                "CREATE TYPE rt.mood AS ENUM ('calm', 'not ''so'' calm')",
                "CREATE TYPE rt.pair AS (a int, b text)",
                "CREATE DOMAIN rt.positive AS numeric CHECK (VALUE > 0)",
                """
                CREATE TABLE rt.all_types (
                    id text PRIMARY KEY, t text, v varchar(5), i int, l bigint, n numeric, n2 numeric(10, 2), f float8,
                    b boolean, bin bytea, d date, ts timestamp, tz timestamptz, iv interval, u uuid, ip inet, j json,
                    jb jsonb, ta text[], ia int[][], m rt.mood, p rt.pair, pos rt.positive, r int4range, x xml, c char(4),
                    g text GENERATED ALWAYS AS (upper(t)) STORED)
                """,
                "CREATE TABLE rt.numbered (no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text UNIQUE, v text,"
                        + " w text NOT NULL DEFAULT 'as given')",
                "CREATE TABLE rt.many (k int PRIMARY KEY, v text)",
                "CREATE TABLE rt.parent (k text PRIMARY KEY, v text)",
                "CREATE TABLE rt.child (k text PRIMARY KEY, parent text REFERENCES rt.parent ON DELETE CASCADE)",
                "CREATE TABLE rt.strict (k text PRIMARY KEY, parent text REFERENCES rt.parent)",
                "CREATE TABLE rt.loud (k text PRIMARY KEY, v text)",
                "CREATE FUNCTION rt.shout() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN IF NEW.v = 'mute' THEN RETURN NULL; END IF; NEW.v := upper(NEW.v); RETURN NEW; END $$",
                "CREATE TRIGGER shout BEFORE INSERT OR UPDATE ON rt.loud FOR EACH ROW EXECUTE FUNCTION rt.shout()",
                "CREATE TABLE rt.no_key (a text, b text)");
        writer = TestDatabase.writer("rt.many", "rt.numbered(code)");
    }

    @AfterAll
    static void close() {
        writer.close();
    }

    private static Outcome apply(Operation operation) throws Exception {
        return writer.apply(List.of(operation), WriteGuard.ALWAYS).getFirst();
    }

    private static DryRunOutcome dryRun(Operation operation) throws Exception {
        return writer.dryRun(List.of(operation)).getFirst();
    }

    private static Content read(EntryKey key) throws Exception {
        return ((EntryState.Present) writer.readAll(Set.of(key)).get(key)).content();
    }

    private static final String EVERYTHING = """
            {"t": "ünï \\u0001 'quotes' \\"double\\" \\\\ / %s $1 ; --", "v": "12345", "i": -2147483648,
             "l": 9223372036854775807, "n": 123456789012345678901234567890.123456789, "n2": 7.1, "f": 0.1,
             "b": false, "bin": "\\\\x00ff27", "d": "2026-02-28", "ts": "2026-01-01T00:00:00.123456",
             "tz": "2026-01-01T00:00:00+00:00", "iv": "1 day 02:03:04", "u": "0b0a0d00-0000-4000-8000-000000000001",
             "ip": "10.0.0.1/24", "j": {"b": [1, {"a": null}], "a": "x"}, "jb": [1, "two", {"three": null}],
             "ta": ["a,b", "", null, "{}", "\\\\"], "ia": [[1, 2], [3, 4]], "m": "not 'so' calm",
             "p": {"a": 1, "b": "(x)"}, "pos": 0.5, "r": "[1,5)", "x": "<a>&lt;</a>", "c": "ab  "}""";

    @Test
    void everyTypeSurvivesTheWayThereAndBackAndAnUndoing() throws Exception {
        var key = Entries.row("rt.all_types", "id", "it's | a = 50% \"key\" / ünï");
        var create = Entries.create(key, EVERYTHING);

        assertThat(dryRun(create)).isEqualTo(new DryRunOutcome.Accepted(key));
        assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);
        var there = read(key);
        assertThat(create.after().holdsIn(there)).isTrue();
        assertThat(Entries.column(there, "g")).isInstanceOf(Value.Text.class);

        var delete = Entries.delete(key, there);
        assertThat(apply(delete)).isInstanceOf(Outcome.Applied.class);
        assertThat(apply(delete.inverse())).isInstanceOf(Outcome.Applied.class);
        assertThat(read(key)).isEqualTo(there);
    }

    @Test
    void nothingAtAllSurvivesToo() throws Exception {
        var key = Entries.row("rt.all_types", "id", "");
        var before = Entries.columns(EVERYTHING);
        var nulls = new java.util.TreeMap<String, Value>();
        before.fields().keySet().forEach(field -> nulls.put(field, Value.NULL));

        assertThat(apply(new Operation.Create(key, Content.of(nulls)))).isInstanceOf(Outcome.Applied.class);
        assertThat(apply(new Operation.Update(key, Content.of(nulls), before))).isInstanceOf(Outcome.Applied.class);
        assertThat(before.holdsIn(read(key))).isTrue();
        assertThat(apply(new Operation.Update(key, before, Content.of(nulls)))).isInstanceOf(Outcome.Applied.class);
        assertThat(read(key).fields().values().stream().filter(value -> !value.isNull()))
                .containsExactly(Value.of(""));
    }

    @Test
    void anotherWayOfWritingAValueIsRefusedWithWhatToWrite() throws Exception {
        for (var one : List.of(
                List.of("tz", "\"2026-01-01T00:00:00Z\"", "\"2026-01-01T00:00:00+00:00\""),
                List.of("n2", "1.005", "1.01"),
                List.of("i", "\"5\"", "5"),
                List.of("c", "\"ab\"", "\"ab  \""),
                List.of("t", "7", "\"7\""),
                List.of("bin", "\"\\\\xFF\"", "\"\\\\xff\""))) {
            var key = Entries.row("rt.all_types", "id", "form-" + one.getFirst());
            var create = Entries.create(key, "{\"" + one.getFirst() + "\": " + one.get(1) + "}");

            var refused = (DryRunOutcome.Refused) dryRun(create);
            var failed = (Outcome.Failed) apply(create);

            assertThat(refused.problem()).isEqualTo(failed.problem());
            assertThat(failed.problem().code()).isEqualTo("TGT-NOT-KEPT");
            assertThat(failed.problem().found()).isEqualTo(one.get(2));
            assertThat(writer.readAll(Set.of(key)).get(key)).isEqualTo(EntryState.ABSENT);
            assertThat(apply(Entries.create(key, "{\"" + one.getFirst() + "\": " + one.get(2) + "}")))
                    .isInstanceOf(Outcome.Applied.class);
        }
    }

    @Test
    void whatAColumnCannotHoldIsRefused() throws Exception {
        for (var one : List.of(
                List.of("{\"i\": \"many\"}", "TGT-VALUE"),
                List.of("{\"v\": \"123456\"}", "TGT-VALUE"),
                List.of("{\"m\": \"angry\"}", "TGT-VALUE"),
                List.of("{\"pos\": -1}", "TGT-CONSTRAINT"),
                List.of("{\"no such\": 1}", "TGT-FIELD"),
                List.of("{\"g\": \"mine\"}", "TGT-NOT-KEPT"))) {
            var key = Entries.row("rt.all_types", "id", "bad");
            var failed = (Outcome.Failed) apply(Entries.create(key, one.getFirst()));
            assertThat(failed.problem().code()).as(one.getFirst()).isEqualTo(one.getLast());
        }
    }

    @Test
    void aNumberTooLongForACanonicalValueComesAsText() throws Exception {
        var key = Entries.row("rt.all_types", "id", "long");
        var digits = "9".repeat(80);

        assertThat(apply(Entries.create(key, "{\"n\": \"" + digits + "\", \"f\": \"NaN\"}")))
                .isInstanceOf(Outcome.Applied.class);

        assertThat(Entries.column(read(key), "n")).isEqualTo(Value.of(digits));
        assertThat(TestDatabase.ask("SELECT n::text FROM rt.all_types WHERE id = 'long'"))
                .isEqualTo(digits);
    }

    @Test
    void aNullInJsonAndNoValueReadAlike() throws Exception {
        var key = Entries.row("rt.all_types", "id", "json-null");
        TestDatabase.run("INSERT INTO rt.all_types (id, jb, j) VALUES ('json-null', 'null', NULL)");

        assertThat(Entries.column(read(key), "jb")).isEqualTo(Value.NULL);
        assertThat(Entries.column(read(key), "j")).isEqualTo(Value.NULL);
    }

    @Test
    void aKeyHasOneWayOfBeingWritten() throws Exception {
        var odd = Entries.row("rt.many", "k", "007");
        var failed = (Outcome.Failed) apply(Entries.create(odd, "{\"v\": \"x\"}"));
        assertThat(failed.problem().code()).isEqualTo("TGT-KEY-FORM");
        assertThat(failed.problem().expected()).contains("k=7");

        var none = Entries.row("rt.many", "k", "seven");
        assertThat(((Outcome.Failed) apply(Entries.create(none, "{\"v\": \"x\"}")))
                        .problem()
                        .code())
                .isEqualTo("TGT-VALUE");
        assertThat(writer.readAll(Set.of(odd, none)).values()).containsOnly(EntryState.ABSENT);
    }

    @Test
    void rowsThatNumberThemselvesComeBackWithTheirNumbers() throws Exception {
        var key = Entries.row("rt.numbered", "code", "A");
        assertThat(apply(Entries.create(key, "{\"v\": \"x\"}"))).isInstanceOf(Outcome.Applied.class);
        var there = read(key);
        assertThat(Entries.column(there, "w")).isEqualTo(Value.of("as given"));
        var delete = Entries.delete(key, there);
        assertThat(apply(delete)).isInstanceOf(Outcome.Applied.class);
        TestDatabase.run("INSERT INTO rt.numbered (code) VALUES ('other')");

        assertThat(apply(delete.inverse())).isInstanceOf(Outcome.Applied.class);

        assertThat(read(key)).isEqualTo(there);
    }

    @Test
    void aRowThatTakesOthersAlongIsNotDeleted() throws Exception {
        TestDatabase.run(
                "INSERT INTO rt.parent VALUES ('p1', 'x'), ('p2', 'x'), ('p3', 'x')",
                "INSERT INTO rt.child VALUES ('c', 'p1')",
                "INSERT INTO rt.strict VALUES ('s', 'p2')");
        var deletes = new ArrayList<Operation>();
        for (var name : List.of("p1", "p2", "p3")) {
            var key = Entries.row("rt.parent", "k", name);
            deletes.add(Entries.delete(key, read(key)));
        }

        var outcomes = writer.apply(deletes, WriteGuard.ALWAYS);

        assertThat(((Outcome.Failed) outcomes.get(0)).problem().code()).isEqualTo("TGT-ROW-REFERENCED");
        assertThat(((Outcome.Failed) outcomes.get(1)).problem().code()).isEqualTo("TGT-CONSTRAINT");
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Applied.class);
        assertThat(TestDatabase.ask("SELECT string_agg(k, ',' ORDER BY k) FROM rt.parent"))
                .isEqualTo("p1,p2");
        assertThat(TestDatabase.ask("SELECT count(*) FROM rt.child")).isEqualTo("1");
    }

    @Test
    void whatATriggerChangesOrSwallowsIsNotTakenForDone() throws Exception {
        var changed = Entries.row("rt.loud", "k", "changed");
        var kept = Entries.row("rt.loud", "k", "kept");
        var swallowed = Entries.row("rt.loud", "k", "swallowed");

        var outcomes = writer.apply(
                List.of(
                        Entries.create(changed, "{\"v\": \"quiet\"}"),
                        Entries.create(kept, "{\"v\": \"LOUD\"}"),
                        Entries.create(swallowed, "{\"v\": \"mute\"}")),
                WriteGuard.ALWAYS);

        assertThat(((Outcome.Failed) outcomes.get(0)).problem().found()).isEqualTo("\"QUIET\"");
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Applied.class);
        assertThat(((Outcome.Unknown) outcomes.get(2)).problem().code()).isEqualTo("TGT-RACED");
    }

    @Test
    void aTableThatCannotBeManagedIsSaid() throws Exception {
        for (var one : List.of(
                List.of("rt.nowhere", "a", "TGT-NO-TABLE"),
                List.of("rt.no_key", "a", "TGT-KEY-NOT-UNIQUE"),
                List.of("rt.many", "x", "TGT-FIELD"))) {
            var key = Entries.row(one.getFirst(), one.get(1), "1");
            var create = Entries.create(key, "{\"b\": \"x\"}");
            assertThat(writer.readAll(Set.of(key)).get(key)).isEqualTo(EntryState.ABSENT);
            assertThat(((Outcome.Failed) apply(create)).problem().code()).isEqualTo(one.get(2));
            assertThat(((DryRunOutcome.Refused) dryRun(create)).problem().code())
                    .isEqualTo(one.get(2));
        }
    }

    @Test
    void aRowThatAPlanDependsOnNeedNoKeyOfItsOwn() throws Exception {
        TestDatabase.run(
                "CREATE TABLE rt.flyway_schema_history (installed_rank int PRIMARY KEY, version text, success boolean)",
                "INSERT INTO rt.flyway_schema_history VALUES (1, '11', true), (2, '12', true), (3, '12', true)");
        var there = Entries.row("rt.flyway_schema_history", "version", "12");
        var missing = Entries.row("rt.flyway_schema_history", "version", "13");

        assertThat(writer.readAll(Set.of(there, missing)).get(there))
                .isEqualTo(new EntryState.Present(Content.EMPTY, ""));
        assertThat(writer.readAll(Set.of(there, missing)).get(missing)).isEqualTo(EntryState.ABSENT);
        assertThat(((Outcome.Failed) apply(Entries.create(missing, "{\"success\": true}")))
                        .problem()
                        .code())
                .isEqualTo("TGT-KEY-NOT-UNIQUE");
    }

    @Test
    void laterOnesOfADryRunMayNeedEarlierOnes() throws Exception {
        var parent = Entries.row("rt.parent", "k", "later");
        var child = Entries.row("rt.child", "k", "later");

        assertThat(writer.dryRun(List.of(
                        Entries.create(parent, "{\"v\": \"x\"}"), Entries.create(child, "{\"parent\": \"later\"}"))))
                .containsExactly(new DryRunOutcome.Accepted(parent), new DryRunOutcome.Accepted(child));
        assertThat(writer.dryRun(List.of(Entries.create(child, "{\"parent\": \"later\"}")))
                        .getFirst())
                .isInstanceOf(DryRunOutcome.Refused.class);
        assertThat(writer.readAll(Set.of(parent, child)).values()).containsOnly(EntryState.ABSENT);
    }

    @Test
    void oneBadRowInEachThousandIsFound() throws Exception {
        var creates = IntStream.range(0, 3_000)
                .<Operation>mapToObj(i -> Entries.create(
                        Entries.row("rt.many", "k", String.valueOf(i)),
                        i % 1_000 == 577 ? "{\"v\": 5}" : "{\"v\": \"row " + i + "\"}"))
                .toList();
        assertThat(writer.dryRun(creates).stream().filter(DryRunOutcome.Refused.class::isInstance))
                .hasSize(3);
        var outcomes = new ArrayList<Outcome>();
        for (int from = 0; from < creates.size(); from += writer.maxBatch()) {
            outcomes.addAll(writer.apply(creates.subList(from, from + writer.maxBatch()), WriteGuard.ALWAYS));
        }
        assertThat(outcomes.stream().filter(Outcome.Failed.class::isInstance)).hasSize(3);
        assertThat(outcomes.stream().filter(Outcome.Applied.class::isInstance)).hasSize(2_997);

        var keys = new TreeSet<EntryKey>();
        creates.forEach(create -> keys.add(create.key()));
        assertThat(writer.readAll(keys).values().stream().filter(EntryState::exists))
                .hasSize(2_997);
        try (var listed = writer.list(Kinds.ROW)) {
            assertThat(listed.filter(keys::contains)).hasSize(2_997).isSorted();
        }
    }
}
