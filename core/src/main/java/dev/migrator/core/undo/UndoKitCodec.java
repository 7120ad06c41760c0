package dev.migrator.core.undo;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.CanonicalWriter;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A kit's canonical bytes and back. The file checks itself: {@code seal} is the digest of everything but the plan, which it
 * names by digest, so that no byte can change unnoticed even where nobody remembers the digest of the file.
 */
public final class UndoKitCodec {
    private static final long FORMAT = 1;
    private static final String SEAL = "seal";
    private static final String PLAN = "plan";

    private UndoKitCodec() {}

    public static byte[] bytes(UndoKit kit) {
        return CanonicalWriter.bytes(out -> write(kit, out));
    }

    /** Piece by piece: a large plan is never one value beside its bytes. */
    private static void write(UndoKit kit, CanonicalWriter out) {
        var fields = head(kit);
        fields.put(SEAL, Value.of(Digest.of(Value.object(fields)).toString()));
        fields.put(PLAN, Value.NULL);
        out.beginObject();
        fields.forEach((name, value) -> {
            out.name(name);
            if (name.equals(PLAN)) {
                PlanCodec.write(kit.plan(), out);
            } else {
                out.value(value);
            }
        });
        out.end();
    }

    /**
     * @throws ProblemException {@code KIT-FORMAT} if the bytes are no kit of this format, {@code KIT-ALTERED} if they are
     *     not those that were written
     */
    public static UndoKit read(byte[] bytes) {
        Value.Obj kit;
        try {
            kit = (Value.Obj) CanonicalJson.parse(bytes);
        } catch (ClassCastException | ProblemException e) {
            throw noKit("bytes that are no JSON object, or cut off", e);
        }
        if (!kit.get("format").equals(Value.of(FORMAT))) {
            throw noKit("format " + CanonicalJson.text(kit.get("format")), null);
        }
        var sealed = new TreeMap<>(kit.fields());
        sealed.remove(SEAL);
        sealed.remove(PLAN);
        if (!kit.get(SEAL).equals(Value.of(Digest.of(Value.object(sealed)).toString()))) {
            throw altered("its seal is that of other bytes");
        }
        var read = checked(kit);
        // another spelling of the same is another file: whoever wrote it is not who wrote kits
        if (!CanonicalWriter.matches(bytes, out -> write(read, out))) {
            throw altered("it is not in the one form that kits are written in");
        }
        return read;
    }

    private static TreeMap<String, Value> head(UndoKit kit) {
        var fields = new TreeMap<String, Value>();
        fields.put("format", Value.of(FORMAT));
        fields.put("migration", Value.of(kit.id().value()));
        fields.put("environment", Value.of(kit.environment()));
        fields.put("commit", Value.of(kit.commit()));
        fields.put("planDigest", Value.of(kit.planDigest().toString()));
        fields.put("stateHash", Value.of(kit.stateHash().toString()));
        kit.snapshot()
                .ifPresent(snapshot -> fields.put(
                        "snapshot",
                        Value.object(
                                "uri", Value.of(snapshot.uri()),
                                "digest", Value.of(snapshot.digest().toString()))));
        fields.put(
                "targets",
                Value.array(kit.targets().stream().map(UndoKitCodec::target).toList()));
        return fields;
    }

    private static Value target(KitTarget target) {
        return Value.object(
                "name", Value.of(target.name()),
                "type", Value.of(target.type()),
                "identity", Value.of(target.identity()));
    }

    private static UndoKit checked(Value.Obj kit) {
        try {
            return kitOf(kit);
        } catch (ClassCastException | IllegalArgumentException | ArithmeticException e) {
            throw noKit(String.valueOf(e.getMessage()), e);
        }
    }

    private static UndoKit kitOf(Value.Obj kit) {
        var planDigest = Digest.parse(text(kit, "planDigest"));
        var plan = planOf(kit, planDigest);
        if (!text(kit, "environment").equals(plan.environment())
                || !text(kit, "stateHash").equals(plan.beforeHash().toString())) {
            throw altered("environment or state hash are not those of the plan");
        }
        return new UndoKit(
                new MigrationId(text(kit, "migration")),
                text(kit, "commit"),
                plan,
                planDigest,
                snapshotOf(kit.get("snapshot")),
                targetsOf(kit.get("targets")));
    }

    private static Plan planOf(Value.Obj kit, Digest expected) {
        try {
            return PlanCodec.read(CanonicalJson.bytes(kit.get(PLAN)), expected);
        } catch (ProblemException e) {
            throw e.problem().code().equals("PLN-DIGEST")
                    ? altered("its plan is another one than it names")
                    : noKit(e.problem().message() + ": " + e.problem().found(), e);
        }
    }

    private static Optional<StoredObject> snapshotOf(Value value) {
        return value instanceof Value.Obj snapshot
                ? Optional.of(new StoredObject(text(snapshot, "uri"), Digest.parse(text(snapshot, "digest"))))
                : Optional.empty();
    }

    private static List<KitTarget> targetsOf(Value value) {
        return ((Value.Arr) value)
                .items().stream()
                        .map(item -> (Value.Obj) item)
                        .map(item -> new KitTarget(text(item, "name"), text(item, "type"), text(item, "identity")))
                        .toList();
    }

    private static String text(Value.Obj holder, String name) {
        return ((Value.Text) holder.get(name)).value();
    }

    private static ProblemException noKit(String found, Exception cause) {
        return new ProblemException(
                Problem.of("KIT-FORMAT", "the file is no undo kit that this version can read")
                        .expected("an undo kit of format " + FORMAT)
                        .found(found)
                        .todo("fetch it from the bucket again, in binary form; see docs/undo-kit.md"),
                cause);
    }

    private static ProblemException altered(String found) {
        return new ProblemException(Problem.of("KIT-ALTERED", "the undo kit is not as it was written")
                .expected("every byte as it was when the migration began")
                .found(found)
                .todo("fetch it from the bucket again and compare its digest with the migration's checklist"));
    }
}
