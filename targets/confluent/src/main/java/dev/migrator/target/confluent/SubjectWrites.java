package dev.migrator.target.confluent;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.SubjectKind;
import dev.migrator.core.kinds.SubjectName;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.HttpReply;
import dev.migrator.target.httpclient.Raced;

/** Writes one entry that was read and judged immediately before. */
final class SubjectWrites {
    private static final int CONFLICT = 409;
    private static final String FOR_GOOD = "?permanent=true";

    private final SubjectHttp http;
    private final SubjectReads reads;
    private final WriteGuard guard;

    SubjectWrites(SubjectHttp http, SubjectReads reads, WriteGuard guard) {
        this.http = http;
        this.reads = reads;
        this.guard = guard;
    }

    Outcome write(Operation operation, EntryState found) throws TargetException, EntryRefused, Raced {
        var name = SubjectReads.name(operation.key());
        return name.version().isEmpty() ? level(operation, name) : version(operation, name, found);
    }

    private Outcome level(Operation operation, SubjectName name) throws TargetException, EntryRefused, Raced {
        var key = operation.key();
        switch (operation) {
            case Operation.Create create -> setLevel(key, name, Wanted.level(key, create.after()));
            case Operation.Update update -> setLevel(key, name, Wanted.level(key, update.after()));
            case Operation.Delete _ -> {
                call("DELETE", SubjectReads.level(name.subject()), Value.NULL, key);
                if (reads.state(key).exists()) {
                    return new Outcome.Retained(
                            key, "the registry shows its own level for a subject with versions that has none");
                }
            }
        }
        return new Outcome.Applied(key, "");
    }

    private void setLevel(EntryKey key, SubjectName name, String level) throws TargetException, EntryRefused, Raced {
        call("PUT", SubjectReads.level(name.subject()), Value.object(SubjectKind.COMPATIBILITY, Value.of(level)), key);
    }

    private Outcome version(Operation operation, SubjectName name, EntryState found)
            throws TargetException, EntryRefused, Raced {
        return switch (operation) {
            case Operation.Create create -> {
                if (found instanceof EntryState.Retired) {
                    throw Wanted.deleted(create.key());
                }
                yield create(create, name);
            }
            case Operation.Update update ->
                throw new EntryRefused(Problem.of("TGT-IMMUTABLE", "what a version holds cannot be changed")
                        .about(update.key() + ", " + update.after().fields().firstKey()));
            case Operation.Delete delete -> delete(delete, name);
        };
    }

    private Outcome create(Operation.Create create, SubjectName name) throws TargetException, EntryRefused, Raced {
        var key = create.key();
        int version = name.version().orElseThrow();
        var schema = Wanted.schema(key, create.after());
        Wanted.newVersion(reads, key, name, schema, 0);
        call("POST", SubjectReads.versions(name.subject()), schema, key);
        var made = reads.registered(name.subject(), version, "");
        if (made.isPresent()
                && Registered.comparable(create.after()).holdsIn(made.get().content())) {
            return new Outcome.Applied(key, made.get().incarnation());
        }
        // somebody was faster: ours got another number, and nobody asked for that one
        var stray = reads.holding(name.subject(), schema);
        if (stray.isPresent() && stray.get() > version) {
            remove(key, SubjectName.version(name.subject(), stray.get()));
        }
        return new Outcome.Conflict(key, reads.state(key));
    }

    private Outcome delete(Operation.Delete delete, SubjectName name) throws TargetException, EntryRefused, Raced {
        var key = delete.key();
        if (delete.isPurge()) {
            // one that is in use again by now is not deleted by this call, but refused
            call(
                    "DELETE",
                    SubjectReads.version(name.subject(), name.version().orElseThrow()) + FOR_GOOD,
                    Value.NULL,
                    key);
            return new Outcome.Applied(key, "");
        }
        if (delete.removal() == Removal.RETIRE) {
            var kept = reads.state(key);
            call("DELETE", SubjectReads.version(name.subject(), name.version().orElseThrow()), Value.NULL, key);
            return new Outcome.Applied(key, incarnation(kept));
        }
        try {
            remove(key, name);
            return new Outcome.Applied(key, "");
        } catch (TargetException.Refused e) {
            if (reads.state(key) instanceof EntryState.Retired) {
                return new Outcome.Retained(
                        key, "it is deleted, and kept: " + e.problem().message());
            }
            throw e;
        }
    }

    /** Only what was deleted can be deleted for good. */
    private void remove(EntryKey key, SubjectName name) throws TargetException, EntryRefused, Raced {
        var path = SubjectReads.version(name.subject(), name.version().orElseThrow());
        call("DELETE", path, Value.NULL, key);
        call("DELETE", path + FOR_GOOD, Value.NULL, key);
    }

    private static String incarnation(EntryState state) {
        return switch (state) {
            case EntryState.Present(var _, var incarnation) -> incarnation;
            case EntryState.Retired(var _, var incarnation) -> incarnation;
            case EntryState.Absent _ -> "";
        };
    }

    private void call(String method, String path, Value body, EntryKey key)
            throws TargetException, EntryRefused, Raced {
        guard.check();
        HttpReply reply = http.send(method, path, body);
        if (reply.ok()) {
            return;
        }
        if (Answer.absent(reply)) {
            throw new Raced();
        }
        if (reply.status() == 404) {
            throw SubjectHttp.strange(reply);
        }
        throw refused(reply, key);
    }

    private static EntryRefused refused(HttpReply reply, EntryKey key) {
        var problem = reply.status() == CONFLICT || Answer.code(reply) == Answer.INVALID_SCHEMA
                ? Problem.of("TGT-RULE-VIOLATION", "a rule of the registry refuses this entry")
                        .expected("a schema of its type, compatible as the subject asks for")
                        .todo("change the schema, or the subject's compatibility in an earlier migration")
                : Problem.of("TGT-REFUSED", "the registry refuses this entry")
                        .expected("an entry that the registry accepts")
                        .todo("correct the manifest");
        var words = Answer.words(reply);
        return new EntryRefused(
                problem.about(key.toString()).found(words.isEmpty() ? "status " + reply.status() : words));
    }
}
