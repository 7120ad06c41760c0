package dev.migrator.target.confluent;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.SubjectKind;
import dev.migrator.core.kinds.SubjectName;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.Capability;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import dev.migrator.target.httpclient.Json;
import dev.migrator.target.httpclient.Parallel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks at a registry; has no way to write to it. Thread-safe. */
final class ConfluentReader implements TargetReader {
    /** Entries that are looked into for their use; of more, removals come first. */
    private static final int MOST_ENTRIES = 500;

    private final String target;
    private final SubjectHttp http;
    private final SubjectReads reads;

    ConfluentReader(String target, SubjectHttp http) {
        this.target = target;
        this.http = http;
        this.reads = new SubjectReads(http);
    }

    SubjectReads reads() {
        return reads;
    }

    /** Empty: the API has none that every registry gives. */
    @Override
    public String identity() {
        return "";
    }

    /** The API always has both; a registry that forbids a deletion to this credential says so when it is asked for. */
    @Override
    public Set<Capability> capabilities() {
        return Collections.unmodifiableSet(EnumSet.allOf(Capability.class));
    }

    @Override
    public SystemFacts facts() throws TargetException {
        var values = new TreeMap<String, String>();
        var version = http.get("/v1/metadata/version");
        values.put(
                SystemFacts.VERSION,
                version.ok() ? Json.text(version.object(), "version").orElse("unknown") : "unknown");
        values.put("schema types", String.join(", ", reads.types()));
        values.put("compatibility", reads.globalLevel());
        return new SystemFacts(values, Optional.empty(), List.of());
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        return switch (kind) {
            case SubjectKind.SUBJECT ->
                Parallel.map(reads.subjects(), subject -> {
                            var key = new EntryKey(
                                    target, kind, SubjectName.subject(subject).address());
                            return reads.state(key).exists() ? Optional.of(key) : Optional.<EntryKey>empty();
                        })
                        .stream()
                        .flatMap(Optional::stream)
                        .sorted();
            case SubjectKind.VERSION ->
                Parallel.map(
                                reads.subjects(),
                                subject -> reads.numbers(subject, "").stream()
                                        .map(number -> new EntryKey(
                                                target,
                                                kind,
                                                SubjectName.version(subject, number)
                                                        .address()))
                                        .toList())
                        .stream()
                        .flatMap(List::stream)
                        .sorted();
            default ->
                throw new TargetException.Refused(
                        Problem.of("TGT-KIND", "such a registry has no such kind of entry")
                                .expected(SubjectKind.SUBJECT + " or " + SubjectKind.VERSION)
                                .found(kind),
                        null);
        };
    }

    /** @throws TargetException.Refused also with {@code TGT-KIND} or {@code SCH-ADDRESS} for a key of no such registry */
    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        List<EntryKey> asked = new ArrayList<>(new TreeSet<>(keys));
        var states = Parallel.map(asked, this::state);
        var byKey = new TreeMap<EntryKey, EntryState>();
        for (int i = 0; i < asked.size(); i++) {
            byKey.put(asked.get(i), states.get(i));
        }
        return Collections.unmodifiableSortedMap(byKey);
    }

    private EntryState state(EntryKey key) throws TargetException {
        try {
            return reads.state(key);
        } catch (ProblemException e) {
            throw new TargetException.Refused(e.problem(), e);
        }
    }

    @Override
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) throws TargetException {
        var keys = operations.stream()
                .sorted(java.util.Comparator.comparing(
                                (Operation operation) -> !(operation instanceof Operation.Delete))
                        .thenComparing(Operation::key))
                .map(Operation::key)
                .toList();
        var looked = keys.subList(0, Math.min(MOST_ENTRIES, keys.size()));
        var found = Parallel.map(looked, this::impact);
        var impacts = new TreeMap<EntryKey, Impact>();
        for (int i = 0; i < looked.size(); i++) {
            impacts.put(looked.get(i), found.get(i));
        }
        keys.subList(looked.size(), keys.size())
                .forEach(key -> impacts.put(
                        key,
                        Impact.unknown("who uses it", "only " + MOST_ENTRIES + " entries of a plan are looked into")));
        return impacts;
    }

    private Impact impact(EntryKey key) throws TargetException {
        try {
            var name = SubjectReads.name(key);
            var numbers = reads.numbers(name.subject(), "");
            var impact = Impact.NONE
                    .with(new Use.Versions(numbers.size(), numbers.isEmpty() ? "" : String.valueOf(numbers.getLast())))
                    .without("clients", "the registry keeps no list of who reads a schema");
            return name.version().isEmpty() ? impact : impact.with(new Use.Referrers(referrers(name)));
        } catch (ProblemException e) {
            return Impact.unknown("who uses it", e.problem().message());
        }
    }

    private Some<Use.Referrer> referrers(SubjectName name) throws TargetException {
        var some = Some.of(reads.referredFrom(name.subject(), name.version().orElseThrow()));
        var shown = new ArrayList<Use.Referrer>();
        for (var address : some.first()) {
            var referrer = SubjectName.parse(address);
            var numbers = reads.numbers(referrer.subject(), "");
            shown.add(new Use.Referrer(
                    address, !numbers.isEmpty() && referrer.version().equals(Optional.of(numbers.getLast()))));
        }
        return new Some<>(List.copyOf(shown), some.more());
    }

    @Override
    public void close() {
        http.close();
    }
}
