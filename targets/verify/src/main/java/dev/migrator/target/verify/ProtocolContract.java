package dev.migrator.target.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What only the server can keep, past the adapter: the adapter judges before it writes, so through it nobody sees a server
 * that does not compare for itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProtocolContract {
    private static final int WRITERS = 12;
    private static final int NAMES = 5;
    private static final Value.Obj ABSENT = Value.object("state", Value.of("absent"));

    private Subject subject;
    private Client client;
    private Traces traces;

    abstract ServerSuite.Current current();

    @BeforeAll
    void open() {
        subject = current().subject();
        client = current().server().client();
        traces = new Traces(subject, client);
    }

    @AfterAll
    void close() {
        current().leftBehind().accept(traces.remove());
        client.close();
    }

    @Test
    void anEntryThatIsThereIsNotMadeAgain() throws IOException {
        var address = created();
        var before = state(address);

        var outcome = apply(address, ABSENT, "set", fields(subject.second()));

        assertConflict(outcome, before);
        assertThat(state(address)).isEqualTo(before);
    }

    @Test
    void anEntryThatIsNotThereIsNotChanged() throws IOException {
        var address = fresh();

        var outcome = apply(address, Value.object("state", Value.of("present")), "set", fields(subject.first()));

        assertConflict(outcome, state(address));
        assertThat(Subject.text(state(address), "state")).isEqualTo("absent");
    }

    @Test
    void aFieldThatIsOtherwiseThanExpectedStopsTheChange() throws IOException {
        var address = created();
        var before = state(address);

        var outcome = apply(address, expecting(subject.second()), "set", fields(subject.second()));

        assertConflict(outcome, before);
        assertThat(state(address)).isEqualTo(before);
    }

    @Test
    void aFieldThatIsOtherwiseThanExpectedStopsTheRemoval() throws IOException {
        var address = created();
        var before = state(address);
        assumeThat(subject.deletes() || subject.retires()).isTrue();

        var outcome = apply(address, expecting(subject.second()), subject.deletes() ? "remove" : "retire", null);

        assertConflict(outcome, before);
        assertThat(state(address)).isEqualTo(before);
    }

    @Test
    void aPurgeOfWhatIsInUseStopsHere() throws IOException {
        assumeThat(subject.purges()).as("nothing is purged").isTrue();
        var address = created();
        var before = state(address);

        var outcome = apply(address, Value.object("state", Value.of("retired")), "purge", null);

        assertConflict(outcome, before);
        assertThat(state(address)).isEqualTo(before);
    }

    @Test
    void aFieldThatIsExpectedNotToBeSetStopsTheChangeWhereItIs() throws IOException {
        var address = created();
        var before = state(address);
        var field = subject.first().keySet().stream().findFirst();
        assumeThat(field).isPresent();

        var outcome = apply(
                address, expecting(new TreeMap<>(Map.of(field.get(), Value.NULL))), "set", fields(subject.second()));

        assertConflict(outcome, before);
        assertThat(state(address)).isEqualTo(before);
    }

    @Test
    void fieldsThatAreAsExpectedLetTheChangeGoAhead() throws IOException {
        var address = created();

        var outcome = apply(address, expecting(subject.first()), "set", fields(subject.second()));

        assertThat(said(outcome)).isEqualTo("applied");
        subject.second()
                .forEach((name, value) -> assertThat(fieldOf(address, name)).isEqualTo(value));
    }

    @Test
    void aFieldThatIsNotNamedIsNotComparedAndStays() throws IOException {
        assumeThat(subject.unmanaged()).as("every field is managed").isPresent();
        var unmanaged = subject.unmanaged().get();
        var address = created();
        assertApplied(apply(
                address, expecting(subject.first()), "set", Value.object(unmanaged.getKey(), unmanaged.getValue())));

        assertApplied(apply(address, expecting(subject.first()), "set", fields(subject.second())));

        assertThat(fieldOf(address, unmanaged.getKey())).isEqualTo(unmanaged.getValue());
    }

    @Test
    void nullUnsetsAField() throws IOException {
        assumeThat(subject.unmanaged())
                .as("no field is known that may be missing")
                .isPresent();
        var unmanaged = subject.unmanaged().get();
        var address = created();
        assertApplied(apply(
                address, expecting(subject.first()), "set", Value.object(unmanaged.getKey(), unmanaged.getValue())));

        assertApplied(apply(address, expecting(subject.first()), "set", Value.object(unmanaged.getKey(), Value.NULL)));

        assertThat(fieldOf(address, unmanaged.getKey())).isEqualTo(Value.NULL);
    }

    @Test
    void anotherLifeThanExpectedStopsTheChange() throws IOException {
        assumeThat(subject.incarnations()).as("entries have no incarnations").isTrue();
        var address = created();
        var before = state(address);
        var another = Value.object("state", Value.of("present"), "incarnation", Value.of("another-life"));

        assertConflict(apply(address, another, "set", fields(subject.second())), before);

        assertThat(state(address)).isEqualTo(before);
    }

    @Test
    void madeAgainAnEntryHasAnotherLife() throws IOException {
        assumeThat(subject.incarnations() && subject.deletes())
                .as("entries have no incarnations, or are never removed")
                .isTrue();
        var address = created();
        var life = state(address).get("incarnation");
        assertApplied(apply(address, expecting(subject.first()), "remove", null));

        assertApplied(apply(address, ABSENT, "set", fields(subject.first())));

        assertThat(state(address).get("incarnation")).isNotEqualTo(life);
    }

    @Test
    void ofManyWritersWithOneExpectationOneSucceeds() throws Exception {
        assumeThat(subject.atomic()).as("the server says that it is not atomic").isTrue();
        var address = fresh();
        var calls = new ArrayList<Callable<Value.Obj>>();
        for (int i = 0; i < WRITERS; i++) {
            var content = fields(i % 2 == 0 ? subject.first() : subject.second());
            calls.add(() -> apply(address, ABSENT, "set", content));
        }
        var outcomes = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call : threads.invokeAll(calls)) {
                outcomes.add(said(call.get()));
            }
        }

        assertThat(outcomes).containsOnlyOnce("applied");
        assertThat(outcomes).containsOnly("applied", "conflict");
    }

    @Test
    void operationsOfOneRequestAreAnsweredInOrderWhateverBecomesOfOne() throws IOException {
        var there = created();
        var addresses = new ArrayList<>(List.of(fresh(), there, fresh()));
        var operations = addresses.stream()
                .map(address -> Traces.operation(subject, address, ABSENT, "set", fields(subject.first())))
                .toList();

        var outcomes = client.outcomes("/entries/apply", subject.identity(), operations);

        assertThat(outcomes)
                .extracting(outcome -> Subject.text(outcome, "address"))
                .containsExactlyElementsOf(addresses);
        assertThat(outcomes).extracting(ProtocolContract::said).containsExactly("applied", "conflict", "applied");
    }

    @Test
    void aDryRunSaysWhatIsNotAsExpectedAndChangesNothing() throws IOException {
        var there = created();
        var before = state(there);
        var missing = fresh();

        var outcomes = client.outcomes(
                "/entries/dry-run",
                subject.identity(),
                List.of(
                        Traces.operation(subject, there, ABSENT, "set", fields(subject.second())),
                        Traces.operation(subject, missing, ABSENT, "set", fields(subject.first()))));

        assertThat(said(outcomes.get(0))).isEqualTo("conflict");
        assertThat(said(outcomes.get(1))).isIn("accepted", "unchecked");
        assertThat(state(there)).isEqualTo(before);
        assertThat(Subject.text(state(missing), "state")).isEqualTo("absent");
    }

    @Test
    void aListComesInPagesThatAscendAndLeaveNothingOut() throws IOException {
        var made = new ArrayList<String>();
        for (int i = 0; i < NAMES; i++) {
            made.add(created());
        }
        var listed = new ArrayList<String>();
        var after = "";
        boolean more = true;
        while (more) {
            var page = client.get("/entries?type=" + subject.type() + "&limit=2"
                            + (after.isEmpty() ? "" : "&after=" + encoded(after)))
                    .object();
            var addresses = addresses(page);
            assertThat(addresses).hasSizeLessThanOrEqualTo(2);
            more = page.get("more").equals(Value.of(true));
            assertThat(addresses.isEmpty() && more)
                    .as("more after an empty page")
                    .isFalse();
            listed.addAll(addresses);
            after = listed.isEmpty() ? "" : listed.getLast();
        }

        assertThat(listed).doesNotHaveDuplicates().containsAll(made);
        for (int i = 1; i < listed.size(); i++) {
            assertThat(java.util.Arrays.compare(
                            listed.get(i - 1).codePoints().toArray(),
                            listed.get(i).codePoints().toArray()))
                    .as("%s before %s", listed.get(i - 1), listed.get(i))
                    .isNegative();
        }
    }

    @Test
    void aRequestForAnotherSystemWritesNothing() throws IOException {
        assumeThat(subject.identity()).as("the server has no identity").isNotEmpty();
        var address = fresh();
        var body = Value.object(
                "identity",
                Value.of("another " + subject.identity()),
                "operations",
                Value.array(List.of(Traces.operation(subject, address, ABSENT, "set", fields(subject.first())))));

        assertThat(client.post("/entries/apply", body).status()).isEqualTo(412);

        assertThat(Subject.text(state(address), "state")).isEqualTo("absent");
    }

    @Test
    void whatIsNoRequestIsAnsweredAsOne() throws IOException {
        for (var body : List.of("", "{", "[]", "{\"operations\":7}", "{\"entries\":[{}]}")) {
            assertThat(client.post("/entries/read", body).status())
                    .as("POST /v1/entries/read with %s", body)
                    .isBetween(400, 499);
        }
        assertThat(client.get("/no-such-call").status()).isEqualTo(404);
    }

    @Test
    void withoutTheCredentialNothingIsTold() throws IOException {
        assumeThat(current().server().token()).as("no token was given").isPresent();
        try (var stranger = client.withoutCredential()) {
            assertThat(stranger.get("").status()).isIn(401, 403);
            assertThat(stranger.get("/entries?limit=1&type=" + subject.type()).status())
                    .isIn(401, 403);
        }
    }

    private String fresh() {
        return traces.made(subject.address(
                "t-" + UUID.randomUUID().toString().replace("-", "").substring(0, 12)));
    }

    private String created() throws IOException {
        var address = fresh();
        assertApplied(apply(address, ABSENT, "set", fields(subject.first())));
        return address;
    }

    private Value.Obj apply(String address, Value.Obj expected, String action, Value fields) throws IOException {
        return client.outcomes(
                        "/entries/apply",
                        subject.identity(),
                        List.of(Traces.operation(subject, address, expected, action, fields)))
                .getFirst();
    }

    private Value.Obj state(String address) throws IOException {
        return client.state(subject.type(), address);
    }

    private Value fieldOf(String address, String name) {
        try {
            return state(address).get("fields") instanceof Value.Obj fields ? fields.get(name) : Value.NULL;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String said(Value.Obj outcome) {
        return Subject.text(outcome, "outcome");
    }

    private static void assertApplied(Value.Obj outcome) {
        assertThat(said(outcome)).isEqualTo("applied");
    }

    private static void assertConflict(Value.Obj outcome, Value.Obj before) {
        assertThat(said(outcome)).isEqualTo("conflict");
        assertThat(outcome.get("found")).as("what is there is told").isInstanceOf(Value.Obj.class);
        assertThat(((Value.Obj) outcome.get("found")).get("state")).isEqualTo(before.get("state"));
    }

    private static Value.Obj expecting(Map<String, Value> fields) {
        return Value.object("state", Value.of("present"), "fields", fields(fields));
    }

    private static Value.Obj fields(Map<String, Value> fields) {
        return Value.object(fields);
    }

    private static List<String> addresses(Value.Obj page) {
        if (page.get("addresses") instanceof Value.Arr(var items)) {
            return items.stream().map(item -> ((Value.Text) item).value()).toList();
        }
        throw new AssertionError("the page has no addresses");
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
