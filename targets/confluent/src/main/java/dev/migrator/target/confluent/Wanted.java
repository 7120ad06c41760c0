package dev.migrator.target.confluent;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.SubjectKind;
import dev.migrator.core.kinds.SubjectName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import java.util.Set;
import java.util.TreeMap;

/** What an operation wants to write, checked before anything is. */
final class Wanted {
    private static final Set<String> OF_VERSION = Set.of(SubjectKind.TYPE, SubjectKind.SCHEMA, SubjectKind.REFERENCES);
    private static final Set<String> LEVELS = Set.of(
            "NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE");

    private Wanted() {}

    static String level(EntryKey key, Content after) throws EntryRefused {
        for (var field : after.fields().keySet()) {
            if (!field.equals(SubjectKind.COMPATIBILITY)) {
                throw EntryRefused.field(key, "TGT-FIELD", "a subject has no such field", field);
            }
        }
        if (after.get(SubjectKind.COMPATIBILITY) instanceof Value.Text(var level) && LEVELS.contains(level)) {
            return level;
        }
        throw EntryRefused.field(
                key, "TGT-FIELD", "no registry has such a level of compatibility", SubjectKind.COMPATIBILITY);
    }

    /** A version as it is sent. */
    static Value.Obj schema(EntryKey key, Content after) throws EntryRefused {
        for (var field : after.fields().keySet()) {
            if (!OF_VERSION.contains(field)) {
                throw EntryRefused.field(key, "TGT-FIELD", "a version has no such field", field);
            }
        }
        if (!(after.get(SubjectKind.SCHEMA) instanceof Value.Text)) {
            throw EntryRefused.field(key, "TGT-FIELD", "a version needs its schema as a text", SubjectKind.SCHEMA);
        }
        var body = new TreeMap<String, Value>();
        after.fields().forEach((field, value) -> {
            if (!value.isNull() && !value.equals(Value.array(java.util.List.of()))) {
                body.put(field, value);
            }
        });
        return new Value.Obj(body);
    }

    /**
     * That a version which is not there would get its number and be a new one.
     *
     * @param before versions of the subject that the same plan makes before it
     */
    static void newVersion(SubjectReads reads, EntryKey key, SubjectName name, Value.Obj schema, int before)
            throws TargetException, EntryRefused {
        int version = name.version().orElseThrow();
        int next = reads.next(name.subject()) + before;
        if (next != version) {
            throw new EntryRefused(
                    Problem.of("TGT-VERSION-NUMBER", "the registry would give this version another number")
                            .about(key.toString())
                            .expected("version " + version)
                            .found("the next one is " + next)
                            .todo("write the number that is next, counting deleted versions"));
        }
        var held = reads.holding(name.subject(), schema);
        if (held.isPresent()) {
            throw new EntryRefused(Problem.of(
                            "TGT-SAME-SCHEMA", "the registry holds this schema already in another version")
                    .about(key.toString())
                    .expected("a schema that differs from those of the subject: the registry registers each once")
                    .found("version " + held.get())
                    .todo("remove the version, or change its schema"));
        }
    }

    static EntryRefused deleted(EntryKey key) {
        return new EntryRefused(
                Problem.of("TGT-VERSION-DELETED", "a deleted version does not come back under its number")
                        .about(key.toString())
                        .expected("a number that was never given")
                        .found("a version that was deleted and is kept")
                        .todo("give the schema a new version"));
    }
}
