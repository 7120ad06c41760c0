package dev.migrator.manifests.imports;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.TopicKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What another tool's files say, as entries of a target.
 *
 * @param entries what can be written as manifests
 * @param findings warnings about what was not understood, by file and line; an error when nothing could be read
 */
public record Imported(SortedMap<EntryKey, EntryState> entries, List<Finding> findings) {
    public Imported {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        findings = findings.stream().sorted().toList();
    }

    public boolean failed() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /**
     * @param path a file, or a folder whose files are all read
     * @param live what the target holds, by kind and address; it tells numbers that a tool leaves to the broker
     */
    public static Imported read(ImportFormat format, Path path, Map<EntryKey, EntryState> live) {
        var reader = format.open();
        var sources = Sources.of(path, reader.suffixes());
        var collected = new Collected();
        reader.read(sources.documents(), collected);
        var findings = new ArrayList<>(sources.findings());
        findings.addAll(collected.findings());
        var entries = new TreeMap<EntryKey, EntryState>();
        collected.entries().forEach((key, content) -> {
            var whole = completed(key, content, live);
            if (key.kind().equals(TopicKind.ENTRY) && !isComplete(whole)) {
                var place = collected.places().get(key);
                findings.add(Finding.warning(incomplete(key)).at(place.file(), place.line()));
            } else {
                entries.put(key, new EntryState.Present(whole, ""));
            }
        });
        if (entries.isEmpty() && findings.stream().noneMatch(Finding::stops)) {
            findings.add(Finding.error(Problem.of("IMP-NOTHING", "nothing was found that could be imported")
                            .about(path.toString())
                            .expected("files of " + format.title())
                            .found(collected.findings().isEmpty() ? "none" : "none that was understood")
                            .todo("check --from and the path"))
                    .at(path.toString(), 0));
        }
        return new Imported(entries, findings);
    }

    private static boolean isComplete(Content topic) {
        return !topic.get(TopicKind.PARTITIONS).isNull()
                && !topic.get(TopicKind.REPLICATION).isNull();
    }

    private static Content completed(EntryKey key, Content content, Map<EntryKey, EntryState> live) {
        var there = live.getOrDefault(key, EntryState.ABSENT).contentIfPresent();
        if (!key.kind().equals(TopicKind.ENTRY) || there.isEmpty()) {
            return content;
        }
        var fields = new TreeMap<>(content.fields());
        for (String field : List.of(TopicKind.PARTITIONS, TopicKind.REPLICATION)) {
            fields.putIfAbsent(field, there.get().get(field));
        }
        return Content.of(fields);
    }

    private static Problem incomplete(EntryKey topic) {
        return Problem.of("IMP-INCOMPLETE", "not imported: the tool leaves it to the broker how many there are")
                .about("topic " + topic.address())
                .expected("a number of partitions and of copies")
                .found("not both")
                .todo("import with --target or --check, so that they are read from the target");
    }
}
