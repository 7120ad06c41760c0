package dev.migrator.target.confluent;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.SubjectKind;
import dev.migrator.core.kinds.SubjectName;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Json;
import dev.migrator.target.httpclient.Parallel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks a registry what it would say to the operations of a plan, with calls that write nothing. */
final class SubjectDryRun {
    private final SubjectHttp http;
    private final SubjectReads reads;
    private final List<Operation> operations;

    /** Versions that are made, and how many of the same subject before each. */
    private final Map<EntryKey, Integer> madeBefore = new HashMap<>();

    /** Addresses of versions that are made. */
    private final Set<String> planned = new HashSet<>();

    /** Addresses of what the plan takes away. */
    private final Set<String> going = new HashSet<>();

    /** Subjects whose level the plan sets or takes away. */
    private final Set<String> levels = new HashSet<>();

    SubjectDryRun(SubjectHttp http, SubjectReads reads, List<Operation> operations) {
        this.http = http;
        this.reads = reads;
        this.operations = operations;
        var made = new HashMap<String, Integer>();
        for (var operation : operations) {
            if (operation instanceof Operation.Delete) {
                going.add(operation.key().address());
            }
            var subject = BatchRun.subjectOf(operation.key());
            if (operation.key().kind().equals(SubjectKind.SUBJECT)) {
                levels.add(subject);
            } else if (operation instanceof Operation.Create) {
                madeBefore.put(operation.key(), made.merge(subject, 1, Integer::sum) - 1);
                planned.add(operation.key().address());
            }
        }
    }

    /** @throws TargetException if an entry got no answer, or the credential may not read */
    List<DryRunOutcome> ask() throws TargetException {
        return Parallel.map(operations, this::askOne);
    }

    private DryRunOutcome askOne(Operation operation) throws TargetException {
        var key = operation.key();
        try {
            var found = reads.state(key);
            var judged = Judged.of(List.of(BatchRun.comparable(operation)), Map.of(), Map.of(key, found));
            return judged.writes().isEmpty()
                    ? judged.dryRunOutcomes(Map.of()).getFirst()
                    : ask(operation, SubjectReads.name(key), found);
        } catch (ProblemException e) {
            return new DryRunOutcome.Refused(key, e.problem().about(key.toString()));
        } catch (EntryRefused e) {
            return new DryRunOutcome.Refused(key, e.problem());
        }
    }

    private DryRunOutcome ask(Operation operation, SubjectName name, EntryState found)
            throws TargetException, EntryRefused {
        var key = operation.key();
        return switch (operation) {
            case Operation.Create create when name.version().isEmpty() -> level(key, Wanted.level(key, create.after()));
            case Operation.Update update when name.version().isEmpty() -> level(key, Wanted.level(key, update.after()));
            case Operation.Create create -> version(create, name, found);
            case Operation.Update update ->
                throw new EntryRefused(Problem.of("TGT-IMMUTABLE", "what a version holds cannot be changed")
                        .about(key + ", " + update.after().fields().firstKey()));
            case Operation.Delete delete -> removal(delete, name);
        };
    }

    private static DryRunOutcome level(EntryKey key, String level) {
        return new DryRunOutcome.Accepted(key);
    }

    private DryRunOutcome removal(Operation.Delete delete, SubjectName name) throws TargetException {
        var users = name.version().isEmpty()
                ? List.<String>of()
                : reads.referredFrom(name.subject(), name.version().get()).stream()
                        .filter(user -> !going.contains(user))
                        .toList();
        return users.isEmpty()
                ? new DryRunOutcome.Accepted(delete.key())
                : new DryRunOutcome.Refused(
                        delete.key(),
                        Problem.of("DRY-REFERENCE", "the registry deletes no version that others refer to")
                                .about(delete.key().toString())
                                .expected("a version that nothing refers to")
                                .found("references from " + String.join(", ", users))
                                .todo("delete those first"));
    }

    private DryRunOutcome version(Operation.Create create, SubjectName name, EntryState found)
            throws TargetException, EntryRefused {
        var key = create.key();
        if (found instanceof EntryState.Retired) {
            throw Wanted.deleted(key);
        }
        var schema = Wanted.schema(key, create.after());
        int before = madeBefore.getOrDefault(key, 0);
        Wanted.newVersion(reads, key, name, schema, before);
        var absent = absentReference(schema);
        if (absent.isPresent()) {
            throw new EntryRefused(Problem.of("DRY-REFERENCE", "the registry refuses the references of this schema")
                    .about(key.toString())
                    .expected("every reference to be there")
                    .found("nothing at " + absent.get())
                    .todo("add what it refers to, or correct the reference"));
        }
        if (refersToPlanned(schema)) {
            return new DryRunOutcome.Unchecked(
                    key, "the plan makes what it refers to: the registry can test it only with what is there now");
        }
        if (before > 0) {
            return new DryRunOutcome.Unchecked(
                    key,
                    "the plan makes another version of its subject before it: the registry can compare it only with"
                            + " those that are there now");
        }
        return tested(key, name, schema);
    }

    private DryRunOutcome tested(EntryKey key, SubjectName name, Value.Obj schema) throws TargetException {
        var reply =
                http.send("POST", "/compatibility" + SubjectReads.versions(name.subject()) + "?verbose=true", schema);
        if (Answer.absent(reply)) {
            return new DryRunOutcome.Unchecked(
                    key, "its subject has no version yet: the registry tests schemas only against others");
        }
        if (Answer.code(reply) == Answer.INVALID_SCHEMA) {
            return refused(key, "a schema of its type", Answer.words(reply));
        }
        if (!reply.ok()) {
            return new DryRunOutcome.Unchecked(key, "the registry does not test it: " + Answer.words(reply));
        }
        if (levels.contains(BatchRun.subjectOf(key))) {
            return new DryRunOutcome.Unchecked(
                    key,
                    "the plan changes the compatibility of its subject: the registry can test it only by the one in"
                            + " force now");
        }
        var level = reads.levelInForce(name.subject());
        return level.equals("NONE") || Json.isTrue(reply.object(), "is_compatible")
                ? new DryRunOutcome.Accepted(key)
                : refused(key, "compatibility " + level, messages(reply.object()));
    }

    private static String messages(Value.Obj verdict) {
        return verdict.get("messages") instanceof Value.Arr(var messages) && !messages.isEmpty()
                ? messages.stream()
                        .map(message -> message instanceof Value.Text(var text) ? text : "")
                        .limit(10)
                        .collect(Collectors.joining("; "))
                : "it is not compatible";
    }

    private static DryRunOutcome refused(EntryKey key, String expected, String found) {
        return new DryRunOutcome.Refused(
                key,
                Problem.of("DRY-RULE", "a rule of the registry refuses this schema")
                        .about(key.toString())
                        .expected(expected)
                        .found(found)
                        .todo("change the schema, or the subject's compatibility in an earlier migration"));
    }

    private boolean refersToPlanned(Value.Obj schema) {
        return references(schema).stream().anyMatch(this::isPlanned);
    }

    private boolean isPlanned(SubjectName reference) {
        return planned.contains(reference.address());
    }

    private Optional<String> absentReference(Value.Obj schema) throws TargetException {
        for (var reference : references(schema)) {
            if (!isPlanned(reference)
                    && reads.registered(reference.subject(), reference.version().orElse(1), "")
                            .isEmpty()) {
                return Optional.of(reference.address());
            }
        }
        return Optional.empty();
    }

    private static List<SubjectName> references(Value.Obj schema) {
        return schema.get(SubjectKind.REFERENCES) instanceof Value.Arr(var items)
                ? items.stream()
                        .filter(Value.Obj.class::isInstance)
                        .map(Value.Obj.class::cast)
                        .map(item -> SubjectName.version(
                                Json.text(item, "subject").orElse(""),
                                Json.number(item, "version").orElse(1L).intValue()))
                        .toList()
                : List.of();
    }
}
