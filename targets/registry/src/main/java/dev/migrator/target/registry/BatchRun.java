package dev.migrator.target.registry;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.httpclient.EntryBatch;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;
import dev.migrator.target.httpclient.Unsettled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One batch of operations. Rules of the registry and groups wait for what stands before them, and are waited for: an
 * artifact in a group that is not there makes it, and with other fields. Those on one artifact and its versions run one
 * after another in the order given, since a compatibility rule judges a version by the ones before it; different artifacts
 * run in parallel. Each entry is read immediately before it is written, so that as little time as possible lies between
 * judging and writing.
 */
final class BatchRun {
    private final GlobalRuleWriter globalRules;
    private final GroupWriter groups;
    private final ArtifactWriter artifacts;
    private final VersionWriter versions;
    private final RegistryHttp http;
    private final Unsettled unsettled;
    private final Map<EntryKey, String> incarnations;
    private final WriteGuard guard;

    BatchRun(
            RegistryReader reader,
            RegistryHttp http,
            Unsettled unsettled,
            Map<EntryKey, String> incarnations,
            WriteGuard guard) {
        this.globalRules = new GlobalRuleWriter(reader.entries());
        this.groups = new GroupWriter(reader.entries());
        this.artifacts = new ArtifactWriter(reader.entries(), reader.reads());
        this.versions = new VersionWriter(reader.entries(), reader.reads());
        this.http = http;
        this.unsettled = unsettled;
        this.incarnations = incarnations;
        this.guard = guard;
    }

    /** As {@link EntryBatch#outcomes}. */
    List<Outcome> run(List<Operation> operations) throws TargetException {
        EntryBatch.requireOnceEach(operations);
        var batch = new EntryBatch(operation -> switch (operation.key().kind()) {
            case Fields.GLOBAL_RULE -> judgeAndWrite(operation, globalRules);
            case Fields.GROUP -> judgeAndWrite(operation, groups);
            case Fields.ARTIFACT -> judgeAndWrite(operation, artifacts);
            default -> judgeAndWrite(operation, versions);
        });
        for (var stage : stages(operations)) {
            batch.run(byArtifact(stage));
        }
        return batch.outcomes(operations);
    }

    /** Groups and rules of the registry, and artifacts with their versions, in turns as they are given. */
    private static List<List<Operation>> stages(List<Operation> operations) {
        var stages = new ArrayList<List<Operation>>();
        boolean wide = false;
        for (var operation : operations) {
            boolean alsoWide = isWide(operation.key());
            if (stages.isEmpty() || wide != alsoWide) {
                stages.add(new ArrayList<>());
                wide = alsoWide;
            }
            stages.getLast().add(operation);
        }
        return stages;
    }

    private static boolean isWide(EntryKey key) {
        return key.kind().equals(Fields.GROUP) || key.kind().equals(Fields.GLOBAL_RULE);
    }

    private static List<List<Operation>> byArtifact(List<Operation> operations) {
        var queues = new LinkedHashMap<String, List<Operation>>();
        for (var operation : operations) {
            var address = operation.key().address();
            int at = isWide(operation.key()) ? -1 : address.indexOf('@');
            var queue = isWide(operation.key())
                    ? operation.key().kind() + " " + address
                    : at < 0 ? address : address.substring(0, at);
            queues.computeIfAbsent(queue, _ -> new ArrayList<>()).add(operation);
        }
        return List.copyOf(queues.values());
    }

    private <F extends Found> Outcome judgeAndWrite(Operation operation, EntryWriter<F> writer)
            throws TargetException, EntryRefused, Raced {
        var key = operation.key();
        var found = writer.read(key);
        var judged = Judged.of(List.of(writer.comparable(operation, found)), incarnations, Map.of(key, found.state()));
        if (judged.writes().isEmpty()) {
            return judged.outcomes(Map.of()).getFirst();
        }
        var outcome = writer.write(operation, found, new Calls(http, guard, key));
        if (outcome.done()) {
            unsettled.acknowledged(key, found.state(), System.nanoTime());
        }
        return outcome;
    }
}
