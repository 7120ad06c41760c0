package dev.migrator.cli.undo;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.engine.KitPreview;
import dev.migrator.engine.KitUndo;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** An undo for machines; also what is kept of it beside the kit. */
public final class UndoJson {
    private static final long FORMAT = 1;

    private UndoJson() {}

    public static Value preview(KitFile file, KitPreview.Report report) {
        var fields = head(file);
        fields.put("stateHash", Value.of(report.stateHash().toString()));
        fields.put("sameAsBefore", Value.of(report.stateHash().equals(file.kit().stateHash())));
        fields.put(
                "operations",
                Value.array(report.lines().stream()
                        .map(line -> Value.object(
                                "key", PlanCodec.key(line.inverse().key()),
                                "what", Value.of(word(line.what().name())),
                                "undo", Value.of(line.undo().name()),
                                "inverse", PlanCodec.operation(line.inverse()),
                                "detail", Value.of(line.detail())))
                        .toList()));
        return Value.object(fields);
    }

    public static Value.Obj end(KitFile file, String by, KitUndo.Report report) {
        var fields = head(file);
        var closed = report.closed().answer();
        fields.put("by", Value.of(by));
        fields.put("result", Value.of(report.isAsBefore() ? "undone" : "incomplete"));
        fields.put("sameAsBefore", Value.of(report.isAsBefore()));
        closed.stateHash().ifPresent(hash -> fields.put("stateHash", Value.of(hash.toString())));
        fields.put("counts", counts(report.counts()));
        fields.put("retained", texts(closed.retained()));
        fields.put("differences", texts(closed.differences()));
        fields.put(
                "outcomes",
                Value.array(report.outcomes().stream().map(UndoJson::outcome).toList()));
        return Value.object(fields);
    }

    private static TreeMap<String, Value> head(KitFile file) {
        var fields = new TreeMap<String, Value>();
        fields.put("format", Value.of(FORMAT));
        fields.put("migration", Value.of(file.kit().id().value()));
        fields.put("environment", Value.of(file.kit().environment()));
        fields.put("commit", Value.of(file.kit().commit()));
        fields.put("kit", digest(file.digest()));
        fields.put("planDigest", digest(file.kit().planDigest()));
        fields.put("beforeHash", digest(file.kit().stateHash()));
        return fields;
    }

    private static Value outcome(Outcome outcome) {
        var fields = new TreeMap<String, Value>();
        fields.put("key", PlanCodec.key(outcome.key()));
        fields.put(
                "is",
                Value.of(
                        switch (outcome) {
                            case Outcome.Applied _ -> "undone";
                            case Outcome.AlreadyApplied _ -> "as-before";
                            case Outcome.Retained _ -> "retained";
                            case Outcome.Conflict _ -> "conflict";
                            case Outcome.Failed _ -> "failed";
                            case Outcome.Unknown _ -> "unknown";
                        }));
        if (outcome instanceof Outcome.Failed(var _, var problem)) {
            fields.put("problem", StatusJson.problem(problem));
        }
        return Value.object(fields);
    }

    private static Value counts(WorkerAnswer.Counts counts) {
        return Value.object(
                "undone", Value.of(counts.applied()),
                "asBefore", Value.of(counts.alreadyApplied()),
                "retained", Value.of(counts.retained()),
                "conflicts", Value.of(counts.conflicts()),
                "failed", Value.of(counts.failed()));
    }

    private static Value texts(List<String> lines) {
        return Value.array(lines.stream().map(Value::of).toList());
    }

    private static Value digest(Digest digest) {
        return Value.of(digest.toString());
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
