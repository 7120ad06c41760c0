package dev.migrator.console.work;

import dev.migrator.core.canonical.CanonicalWriter;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationFolder;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.OutcomesJson;
import dev.migrator.core.lifecycle.OutcomesJson.Told;
import dev.migrator.core.lifecycle.Progress;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.present.EntryText;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.objects.OutcomesKey;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What became of each operation of a migration: the plan beside the outcomes that the executor keeps in the bucket. Outcomes are
 * read a batch at a time, and only of the batches that are shown.
 */
public final class Operations {
    private final Plans plans;
    private final Bucket bucket;

    public Operations(Plans plans, Bucket bucket) {
        this.plans = plans;
        this.bucket = bucket;
    }

    /**
     * Which of them.
     *
     * @param kind of the entry, e.g. {@code topic}; empty for all
     * @param offset so many of them are passed over
     */
    public record Page(Optional<String> kind, int offset, int limit) {
        private boolean shows(PlannedOperation planned) {
            return kind.isEmpty() || kind.get().equals(planned.operation().key().kind());
        }
    }

    /**
     * Reads the plan and looks which outcomes there are, and returns what writes the page. An object that cannot be read then is
     * named beside the operations that it is of.
     *
     * @throws ProblemException {@code CON-NO-PLAN}, {@code OBJ-…} and {@code PLN-…} if the plan cannot be read
     * @throws Unavailable if the bucket does not answer
     */
    public Consumer<OutputStream> of(MigrationStatus status, Page page) {
        var plan = plans.read(status);
        var told = new Kept(status, plan);
        return out -> CanonicalWriter.write(out, json -> {
            json.beginObject();
            json.name("direction").value(told.undoing ? "undo" : "apply");
            json.name("items").beginArray();
            boolean more = write(plan, page, told, json);
            json.end();
            json.name("more").value(Value.of(more));
            json.name("operations").value(Value.of(plan.operations().count()));
            json.name("plan").value(status.planDigest().orElseThrow().toString());
            json.end();
        });
    }

    /** @return whether there are further ones */
    private static boolean write(Plan plan, Page page, Kept told, CanonicalWriter out) {
        int number = 0;
        int found = 0;
        for (var phase : plan.phases()) {
            for (var batch : phase.batches()) {
                for (var planned : batch.operations()) {
                    number++;
                    if (!page.shows(planned)) {
                        continue;
                    }
                    if (found++ - page.offset() == page.limit()) {
                        return true;
                    }
                    if (found > page.offset()) {
                        var fields = told.of(batch, planned.operation().key());
                        fields.put("number", Value.of(number));
                        fields.put("phase", Value.of(phase.name()));
                        fields.putAll(described(batch, planned));
                        out.value(Value.object(fields));
                    }
                }
            }
        }
        return false;
    }

    private static Map<String, Value> described(Batch batch, PlannedOperation planned) {
        var key = planned.operation().key();
        return Map.of(
                "batch", Value.of(batch.number()),
                "do", ((Value.Obj) PlanCodec.operation(planned.operation())).get("do"),
                "entry", Value.of(EntryText.of(key)),
                "key", PlanCodec.key(key),
                "resource", Value.of(planned.resource()));
    }

    /** What the bucket holds of one migration. Of the last batch that was asked for it is in memory. */
    private final class Kept {
        private final MigrationStatus status;
        private final boolean undoing;
        private final Map<Integer, OutcomesKey> applied = new HashMap<>();
        private final Map<Integer, OutcomesKey> reverted = new HashMap<>();
        private final Progress progress;
        private int current = -1;
        private Outcomes applying;
        private Outcomes undone;

        Kept(MigrationStatus status, Plan plan) {
            this.status = status;
            this.undoing = Progress.isUndoing(status);
            look();
            var direction = undoing ? reverted : applied;
            int operations = plan.batches()
                    .filter(batch -> direction.containsKey(batch.number()))
                    .mapToInt(batch -> batch.operations().size())
                    .sum();
            this.progress = new Progress(status, applied.keySet(), reverted.keySet(), operations);
        }

        /** Of several for a batch the last one: a command is given again, and may be carried out twice. */
        private void look() {
            var written = new HashMap<OutcomesKey, Instant>();
            bucket.each(
                    MigrationFolder.of(status.commit(), status.id()),
                    listed -> OutcomesKey.in(listed.key()).ifPresent(key -> written.put(key, listed.writtenAt())));
            written.keySet().stream()
                    .sorted(Comparator.comparing(OutcomesKey::seq)
                            .thenComparing(written::get)
                            .thenComparing(OutcomesKey::key))
                    .forEach(key ->
                            (key.kind() == WorkerAnswer.Kind.REVERT_BATCH ? reverted : applied).put(key.batch(), key));
        }

        /** {@code outcome} in the current direction, and with its problem what each direction came to. */
        TreeMap<String, Value> of(Batch batch, EntryKey key) {
            if (batch.number() != current) {
                current = batch.number();
                applying = read(applied.get(current), Progress.without(progress.applying(current)));
                undone = undoing
                        ? read(reverted.get(current), Progress.without(progress.undoing(current)))
                        : new Outcomes(Map.of(), Progress.without(Progress.OPEN));
            }
            var fields = new TreeMap<String, Value>();
            fields.put("apply", value(applying.of(key)));
            if (undoing) {
                fields.put("undo", value(undone.of(key)));
            }
            fields.put("outcome", Value.of((undoing ? undone : applying).of(key).is()));
            return fields;
        }

        private Outcomes read(OutcomesKey object, Told otherwise) {
            if (object == null) {
                return new Outcomes(Map.of(), otherwise);
            }
            try {
                var bytes = bucket.get(object.key(), object.digest());
                return new Outcomes(
                        OutcomesJson.read(bytes, status.id(), object.kind(), object.batch()),
                        Progress.without(Progress.NOT_KEPT));
            } catch (Unavailable e) {
                return new Outcomes(Map.of(), Progress.unreadable(e.problem()));
            } catch (ProblemException e) {
                return new Outcomes(Map.of(), Progress.unreadable(e.problem()));
            } catch (IllegalArgumentException e) {
                return new Outcomes(
                        Map.of(),
                        Progress.unreadable(Problem.of(
                                        "CON-OUTCOMES", "an object does not hold the outcomes it is named for")
                                .about(object.key())
                                .expected("outcomes of batch " + object.batch() + " of migration " + status.id())
                                .found(String.valueOf(e.getMessage()))
                                .todo("find out who wrote it")));
            }
        }
    }

    /** Of one batch in one direction. */
    private record Outcomes(Map<EntryKey, Told> kept, Told otherwise) {
        Told of(EntryKey key) {
            return kept.getOrDefault(key, otherwise);
        }
    }

    private static Value value(Told told) {
        var fields = new TreeMap<String, Value>();
        fields.put("is", Value.of(told.is()));
        told.problem().ifPresent(problem -> fields.put("problem", StatusJson.problem(problem)));
        if (!told.reason().isEmpty()) {
            fields.put("reason", Value.of(told.reason()));
        }
        return Value.object(fields);
    }
}
