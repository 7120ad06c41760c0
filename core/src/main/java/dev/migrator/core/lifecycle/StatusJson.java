package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.LabelSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A status as JSON, the form in which the HTTP API answers and the command line prints it. */
public final class StatusJson {
    /** What the path of each migration in the HTTP API begins with. */
    public static final String MIGRATIONS = "/api/v1/migrations/";

    private StatusJson() {}

    public static Value.Obj toValue(MigrationStatus status) {
        return Value.object(
                "id", Value.of(status.id().value()),
                "environment", Value.of(status.environment()),
                "sequence", Value.of(status.sequence()),
                "state", Value.of(status.state().name()),
                "ended", Value.of(status.ended()),
                "intent", Value.of(status.intent().name()),
                "commit", Value.of(status.commit()),
                "requester", Value.of(status.requester()),
                "bundleDigest", optional(status.bundleDigest().map(Digest::toString)),
                "bundleUri", optional(status.bundleUri()),
                "revision", Value.of(status.revision()),
                "phase", Value.of(status.phase()),
                "batchesDone", Value.of(status.batchesDone()),
                "batchesTotal", Value.of(status.batchesTotal()),
                "counts", counts(status.counts()),
                "waitsFor", Value.of(status.waitsFor()),
                "planDigest", optional(status.planDigest().map(Digest::toString)),
                "planUri", optional(status.planUri()),
                "snapshotUri", optional(status.snapshotUri()),
                "beforeHash", optional(status.beforeHash().map(Digest::toString)),
                "endHash", optional(status.endHash().map(Digest::toString)),
                "checklist", list(status.checklist(), line -> line(status.id(), line)),
                "problems", list(status.problems(), StatusJson::problem),
                "retained", list(status.retained(), Value::of),
                "differences", list(status.differences(), Value::of),
                "outcomesUri", optional(status.outcomesUri()),
                "updatedAt", Value.of(status.updatedAt().toString()),
                "surroundingsUri", optional(status.surroundings().map(StoredObject::uri)),
                "surroundingsDigest",
                        optional(status.surroundings().map(seen -> seen.digest().toString())),
                "selector", optional(status.selector().map(LabelSelector::toString)),
                "lock", status.lock().map(StatusJson::lock).orElse(Value.NULL),
                "restores", optional(status.restores()),
                "purges", optional(status.purges()),
                "fleet", optional(status.fleet()));
    }

    private static Value lock(Lock lock) {
        return Value.object(
                "held", Value.of(lock.held()),
                "scope", list(lock.scope(), Value::of),
                "behind", list(lock.behind(), Value::of));
    }

    private static Lock lockOf(Value value) {
        var lock = (Value.Obj) value;
        return new Lock(
                ((Value.Bool) lock.get("held")).value(),
                items(lock, "scope", StatusJson::textOf),
                items(lock, "behind", StatusJson::textOf));
    }

    /** @throws IllegalArgumentException or ClassCastException if the value is not a status */
    public static MigrationStatus fromValue(Value value) {
        var status = (Value.Obj) value;
        return new MigrationStatus(
                new MigrationId(text(status, "id")),
                text(status, "environment"),
                number(status, "sequence"),
                MigrationState.valueOf(text(status, "state")),
                ((Value.Bool) status.get("ended")).value(),
                ChangeRequest.Intent.valueOf(text(status, "intent")),
                text(status, "commit"),
                text(status, "requester"),
                optionalText(status, "bundleDigest").map(Digest::parse),
                optionalText(status, "bundleUri"),
                (int) number(status, "revision"),
                text(status, "phase"),
                (int) number(status, "batchesDone"),
                (int) number(status, "batchesTotal"),
                countsOf((Value.Obj) status.get("counts")),
                text(status, "waitsFor"),
                optionalText(status, "planDigest").map(Digest::parse),
                optionalText(status, "planUri"),
                optionalText(status, "snapshotUri"),
                optionalText(status, "beforeHash").map(Digest::parse),
                optionalText(status, "endHash").map(Digest::parse),
                items(status, "checklist", StatusJson::lineOf),
                items(status, "problems", StatusJson::problemOf),
                items(status, "retained", StatusJson::textOf),
                items(status, "differences", StatusJson::textOf),
                optionalText(status, "outcomesUri"),
                Instant.parse(text(status, "updatedAt")),
                optionalText(status, "surroundingsUri")
                        .flatMap(uri -> optionalText(status, "surroundingsDigest")
                                .map(digest -> new StoredObject(uri, Digest.parse(digest)))),
                optionalText(status, "selector").map(LabelSelector::parse),
                Optional.of(status.get("lock")).filter(lock -> !lock.isNull()).map(StatusJson::lockOf),
                optionalText(status, "restores")
                        .map(title -> new Document(Document.Kind.RESTORE, title))
                        .or(() ->
                                optionalText(status, "purges").map(title -> new Document(Document.Kind.PURGE, title))),
                optionalText(status, "fleet"));
    }

    public static Value.Obj problem(Problem problem) {
        return Value.object(
                "code", Value.of(problem.code()),
                "message", Value.of(problem.message()),
                "thing", Value.of(problem.thing()),
                "expected", Value.of(problem.expected()),
                "found", Value.of(problem.found()),
                "do", Value.of(problem.todo()));
    }

    public static Problem problemOf(Value value) {
        var problem = (Value.Obj) value;
        return new Problem(
                text(problem, "code"),
                text(problem, "message"),
                text(problem, "thing"),
                text(problem, "expected"),
                text(problem, "found"),
                text(problem, "do"));
    }

    private static Value counts(WorkerAnswer.Counts counts) {
        return Value.object(
                "applied", Value.of(counts.applied()),
                "alreadyApplied", Value.of(counts.alreadyApplied()),
                "retained", Value.of(counts.retained()),
                "conflicts", Value.of(counts.conflicts()),
                "failed", Value.of(counts.failed()));
    }

    private static WorkerAnswer.Counts countsOf(Value.Obj counts) {
        return new WorkerAnswer.Counts(
                (int) number(counts, "applied"),
                (int) number(counts, "alreadyApplied"),
                (int) number(counts, "retained"),
                (int) number(counts, "conflicts"),
                (int) number(counts, "failed"));
    }

    private static Value line(MigrationId id, ChecklistLine line) {
        return Value.object(
                "name", Value.of(line.name()),
                "mark", Value.of(line.mark().name()),
                "evidence", Value.of(line.evidence()),
                "links", links(id, line));
    }

    /** Each with where the HTTP API opens it, as an absolute path that begins with {@link #MIGRATIONS}. */
    public static Value.Arr links(MigrationId id, ChecklistLine line) {
        var links = new ArrayList<Value>();
        for (var link : line.links()) {
            links.add(Value.object(
                    "what", Value.of(link.what()),
                    "uri", Value.of(link.uri()),
                    "digest", optional(link.digest().map(Digest::toString)),
                    "href", Value.of(href(id, line, links.size()))));
        }
        return new Value.Arr(links);
    }

    private static String href(MigrationId id, ChecklistLine line, int number) {
        return line.links().get(number).isStored()
                ? MIGRATIONS + id + "/checklist/" + line.name() + "/evidence/" + number
                : MIGRATIONS + id + "/" + EvidenceLink.REPORT;
    }

    private static ChecklistLine lineOf(Value value) {
        var line = (Value.Obj) value;
        return new ChecklistLine(
                text(line, "name"),
                ChecklistLine.Mark.valueOf(text(line, "mark")),
                text(line, "evidence"),
                line.get("links").isNull() ? List.of() : items(line, "links", StatusJson::linkOf));
    }

    private static EvidenceLink linkOf(Value value) {
        var link = (Value.Obj) value;
        return new EvidenceLink(
                text(link, "what"),
                text(link, "uri"),
                optionalText(link, "digest").map(Digest::parse));
    }

    private static Value optional(Optional<String> text) {
        return Value.of(text.orElse(null));
    }

    private static Optional<String> optionalText(Value.Obj holder, String name) {
        return holder.get(name).isNull() ? Optional.empty() : Optional.of(text(holder, name));
    }

    private static String text(Value.Obj holder, String name) {
        return textOf(holder.get(name));
    }

    private static String textOf(Value value) {
        return ((Value.Text) value).value();
    }

    private static long number(Value.Obj holder, String name) {
        return ((Value.Num) holder.get(name)).value().longValueExact();
    }

    private static <T> Value list(List<T> items, Function<T, Value> write) {
        return Value.array(items.stream().map(write).toList());
    }

    private static <T> List<T> items(Value.Obj holder, String name, Function<Value, T> read) {
        var items = new ArrayList<T>();
        ((Value.Arr) holder.get(name)).items().forEach(item -> items.add(read.apply(item)));
        return items;
    }
}
