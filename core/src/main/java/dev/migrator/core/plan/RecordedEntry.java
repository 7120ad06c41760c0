package dev.migrator.core.plan;

import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.KindRules;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a recorded entry asks for today. Whose it is by now decides: what nobody manages is left, and so is what others have
 * made in its place.
 *
 * @param last what is known of the entry, empty when nobody manages it
 * @param tombstone of the entry that was deleted
 */
record RecordedEntry(
        PutBack.Wanted wanted,
        EntryState found,
        Optional<KnownEntry> last,
        Optional<KnownEntry> tombstone,
        KindRules rules,
        boolean includesUnmanaged) {
    sealed interface Verdict {
        /** Nobody manages it. */
        record NotManaged() implements Verdict {}

        /** It stays as it is, for this reason. */
        record Left(Problem why) implements Verdict {}

        record Refused(Problem why) implements Verdict {}

        /** It is gone or out of use, and cannot be put back: a secret that it needs is in no snapshot. */
        record NoSecret(Problem why) implements Verdict {}

        /**
         * @param identity empty when nobody is to own it afterwards either
         * @param content empty when it is to be out of use
         * @param secrets that its making again would need
         * @param warnings for the approver
         */
        record Asks(Optional<KnownEntry> identity, Optional<Content> content, Content secrets, List<Problem> warnings)
                implements Verdict {}
    }

    Verdict verdict() {
        return wanted.left().map(this::revert).orElseGet(this::restore);
    }

    private Verdict restore() {
        // what was deleted is known by its tombstone; what others made in its place since is theirs
        var identity = last.or(() -> tombstone.filter(_ -> !found.exists()));
        if (wanted.content().isEmpty()) {
            return last.isEmpty() ? new Verdict.NotManaged() : isOthers() ? others() : asks(identity, Content.EMPTY);
        }
        if (identity.isEmpty() && !includesUnmanaged) {
            return new Verdict.NotManaged();
        }
        var lasting = rules.lasting(wanted.content().get().readable());
        var managed = !found.exists() || includesUnmanaged || last.isEmpty()
                ? lasting
                : lasting.only(last.get().fields().keySet().stream()
                        .filter(field -> !Content.isSecret(field))
                        .toList());
        var possible = rules.restorable(managed, found);
        var warnings = new ArrayList<>(madeAnew());
        managed.fields().keySet().stream()
                .filter(field -> !possible.fields().containsKey(field))
                .forEach(field -> warnings.add(cannot("it cannot go back", field)));
        return missingSecret(identity, possible)
                .<Verdict>map(Verdict.NoSecret::new)
                .orElseGet(() -> new Verdict.Asks(identity, Optional.of(possible), Content.EMPTY, warnings));
    }

    Problem cannot(String why, String field) {
        return Problem.of("RST-CANNOT", "this cannot be put back, and is left as it is")
                .about(wanted.key() + (field.isEmpty() ? "" : ", " + field))
                .expected("as it was recorded")
                .found(why)
                .todo("the rest is put back; change this by a manifest if it has to be");
    }

    private Optional<Problem> missingSecret(Optional<KnownEntry> identity, Content content) {
        return found.exists()
                ? Optional.empty()
                : Stream.concat(
                                identity.stream().flatMap(known -> known.fields().keySet().stream()),
                                rules.secretToMake(content).stream())
                        .filter(Content::isSecret)
                        .filter(field -> content.get(field).isNull())
                        .findFirst()
                        .map(field -> Problem.of("RST-SECRET", "it is not put back: no snapshot holds its secret")
                                .about(wanted.key() + ", " + field)
                                .expected("an entry without secrets, or one that is still there")
                                .found(
                                        found instanceof EntryState.Retired
                                                ? "it is out of use, and is not taken into use without its secret"
                                                : "it is gone, and its secret with it")
                                .todo("submit the manifests that name the secret"));
    }

    private Verdict revert(PutBack.Left left) {
        var secrets = left.content().map(Content::secrets).orElse(Content.EMPTY);
        if (wanted.content().isEmpty()) {
            return found.exists() && (last.isEmpty() || isOthers()) ? others() : asks(last, secrets);
        }
        if (left.content().isPresent() && !found.exists()) {
            return new Verdict.Left(
                    Problem.of("RST-GONE", "what the migration changed is not there any more, and is left so")
                            .about(wanted.key().toString())
                            .expected("an entry in use")
                            .found(found instanceof EntryState.Retired ? "retired" : "nothing there")
                            .todo("revert the migration that removed it first, or restore it from a snapshot"));
        }
        if (found.exists() && (last.isEmpty() || isOthers())) {
            return others();
        }
        return olderSecret(wanted.content().get())
                .<Verdict>map(Verdict.Refused::new)
                .orElseGet(() -> asks(last.or(() -> tombstone), secrets));
    }

    /** A password that was replaced since must not come back unseen; and the one before may be known to nobody. */
    private Optional<Problem> olderSecret(Content content) {
        return content.secrets().fields().entrySet().stream()
                .filter(secret -> secret.getValue().isNull()
                        || last.filter(known -> known.fields().containsKey(secret.getKey()))
                                .filter(known -> !known.holds(secret.getKey(), secret.getValue()))
                                .isPresent())
                .findFirst()
                .map(secret -> Problem.of("RST-OLD-SECRET", "a revert brings no other secret back")
                        .about(wanted.key() + ", " + secret.getKey())
                        .expected("the secret that was applied last")
                        .found(secret.getValue().isNull() ? "one that nobody knows any more" : "another one")
                        .todo("submit manifests that say what it should be, with the secret that it should have"));
    }

    private Verdict asks(Optional<KnownEntry> identity, Content secrets) {
        return new Verdict.Asks(identity, wanted.content(), secrets, madeAnew());
    }

    /** What is only out of use comes back with all it holds; what is gone does not. */
    private List<Problem> madeAnew() {
        return wanted.content().isPresent()
                        && found instanceof EntryState.Absent
                        && rules.isPurgeable(wanted.key().kind())
                ? List.of(
                        Problem.of("RST-ANEW", "it is gone for good and is made anew: what it held does not come back")
                                .about(wanted.key().toString())
                                .expected("an entry that is there, or only out of use")
                                .found("nothing there")
                                .todo("bring its data back by other means, if it had any"))
                : List.of();
    }

    private boolean isOthers() {
        return found instanceof EntryState.Present(var _, var life)
                && last.filter(known -> known.isOtherLife(life)).isPresent();
    }

    private Verdict others() {
        return new Verdict.Left(Problem.of("RST-OTHERS", "others have it now, and it is left to them")
                .about(wanted.key().toString())
                .expected("the entry that a migration made or changed")
                .found(last.isEmpty() ? "one that no manifest manages" : "one that was deleted and made again since")
                .todo("ask whose it is; migrator drift shows what differs"));
    }
}
