package dev.migrator.kit.avro;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.plan.Claim;
import dev.migrator.events.v1.ClaimAccess;
import dev.migrator.events.v1.ClaimPattern;
import dev.migrator.events.v1.Counts;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What messages have in common. */
final class Parts {
    private Parts() {}

    static MigrationId id(String text) {
        return new MigrationId(text);
    }

    static Digest digest(String field, String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw malformed("EVT-DIGEST", field, "sha256: and 64 lower-case hex digits", text);
        }
    }

    /** Empty unless both are there. */
    static Optional<StoredObject> stored(String field, String uri, String digest) {
        return Optional.ofNullable(uri)
                .flatMap(key -> digestOrNone(field + "Digest", digest).map(found -> new StoredObject(key, found)));
    }

    static Optional<Digest> digestOrNone(String field, String text) {
        return Optional.ofNullable(text).map(t -> digest(field, t));
    }

    static String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }

    static Optional<LabelSelector> selector(String text) {
        try {
            return Optional.ofNullable(text).map(LabelSelector::parse);
        } catch (IllegalArgumentException e) {
            throw malformed("CHG-SELECTOR", "selector", LabelSelector.FORM, text);
        }
    }

    static Optional<Bake> bake(String text) {
        try {
            return Optional.ofNullable(text).map(Bake::parse).filter(bake -> !bake.isNone());
        } catch (IllegalArgumentException e) {
            throw malformed("EVT-BAKE", "bake", "0s to 24h, such as 10m", text);
        }
    }

    /** The title of a document of that kind, null without one. */
    static String titled(Document.Kind kind, Optional<Document> document) {
        return document.filter(found -> found.kind() == kind)
                .map(Document::title)
                .orElse(null);
    }

    /** At most one of them is not null. */
    static Optional<Document> document(String restores, String purges) {
        return Optional.ofNullable(restores)
                .map(title -> new Document(Document.Kind.RESTORE, title))
                .or(() -> Optional.ofNullable(purges).map(title -> new Document(Document.Kind.PURGE, title)));
    }

    /** As records tell times: in whole milliseconds. */
    static Instant millis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    static byte[] bytes(ByteBuffer buffer) {
        var copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    /**
     * The constant of the same name.
     *
     * @throws ProblemException {@code EVT-SYMBOL} for a symbol that a later version of the schema added
     */
    static <T extends Enum<T>> T symbol(Class<T> type, String field, Enum<?> found) {
        for (T constant : type.getEnumConstants()) {
            if (constant.name().equals(found.name())) {
                return constant;
            }
        }
        throw malformed("EVT-SYMBOL", field, "one of " + List.of(type.getEnumConstants()), found.name());
    }

    static int atLeast(int least, String field, int found) {
        if (found < least) {
            throw malformed("EVT-NUMBER", field, "at least " + least, String.valueOf(found));
        }
        return found;
    }

    static ProblemException malformed(String code, String field, String expected, String found) {
        String shown = found.length() > 200 ? found.substring(0, 200) + "…" : found;
        return new ProblemException(Problem.of(code, "a field of an event has a value that cannot be")
                .about(field)
                .expected(expected)
                .found(shown)
                .todo("correct the field and publish the event again, under a new id if it starts a migration"));
    }

    static dev.migrator.events.v1.Problem of(Problem problem) {
        return new dev.migrator.events.v1.Problem(
                problem.code(),
                problem.message(),
                problem.thing(),
                problem.expected(),
                problem.found(),
                problem.todo());
    }

    static Problem problem(dev.migrator.events.v1.Problem p) {
        try {
            return new Problem(p.getCode(), p.getMessage(), p.getThing(), p.getExpected(), p.getFound(), p.getTodo());
        } catch (IllegalArgumentException e) {
            throw malformed("EVT-CODE", "problem.code", "a stable code like PLN-STALE", p.getCode());
        }
    }

    static List<dev.migrator.events.v1.Problem> ofProblems(List<Problem> problems) {
        return problems.stream().map(Parts::of).toList();
    }

    static List<Problem> problems(List<dev.migrator.events.v1.Problem> problems) {
        return problems.stream().map(Parts::problem).toList();
    }

    static dev.migrator.events.v1.Claim of(Claim claim) {
        return new dev.migrator.events.v1.Claim(
                claim.target(),
                claim.kind(),
                ClaimPattern.valueOf(claim.pattern().name()),
                claim.address(),
                ClaimAccess.valueOf(claim.access().name()));
    }

    static Claim claim(dev.migrator.events.v1.Claim claim) {
        return new Claim(
                claim.getTarget(),
                claim.getKind(),
                symbol(Claim.Pattern.class, "scope.pattern", claim.getPattern()),
                claim.getAddress(),
                symbol(Claim.Access.class, "scope.access", claim.getAccess()));
    }

    static Counts of(WorkerAnswer.Counts counts) {
        return new Counts(
                counts.applied(), counts.alreadyApplied(), counts.retained(), counts.conflicts(), counts.failed());
    }

    static WorkerAnswer.Counts counts(Counts counts) {
        return new WorkerAnswer.Counts(
                counts.getApplied(),
                counts.getAlreadyApplied(),
                counts.getRetained(),
                counts.getConflicts(),
                counts.getFailed());
    }

    static dev.migrator.events.v1.Intent of(ChangeRequest.Intent intent) {
        return dev.migrator.events.v1.Intent.valueOf(intent.name());
    }

    static ChangeRequest.Intent intent(dev.migrator.events.v1.Intent intent) {
        return symbol(ChangeRequest.Intent.class, "intent", intent);
    }
}
