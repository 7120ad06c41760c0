package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.KafkaUserKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * What is sent for one user. It may hold the password, so {@link #toString()} does not show it, and no problem does.
 *
 * @param alterations of different mechanisms; Kafka takes one of a user in a request
 */
record ScramChange(EntryKey key, List<UserScramCredentialAlteration> alterations) {
    private static final int FEWEST = 4_096;
    private static final int MOST = 16_384;

    ScramChange {
        alterations = List.copyOf(alterations);
    }

    /** Without the first. */
    ScramChange rest() {
        return new ScramChange(key, alterations.subList(1, alterations.size()));
    }

    /** @throws ProblemException if no cluster takes it, or the password is missing that it needs */
    static ScramChange of(Operation operation, Content found) {
        var key = operation.key();
        var alterations = new ArrayList<UserScramCredentialAlteration>();
        switch (operation) {
            case Operation.Create(var _, var after) -> set(key, after, Content.EMPTY, alterations);
            case Operation.Update(var _, var before, var after) ->
                set(
                        key,
                        before.get(KafkaUserKind.PASSWORD).isNull() ? withOthers(after, found) : after,
                        found,
                        alterations);
            case Operation.Delete(var _, var before, var _) ->
                before.readable().fields().keySet().stream()
                        .filter(field -> !found.get(field).isNull())
                        .map(field -> new UserScramCredentialDeletion(key.address(), mechanism(key, field)))
                        .forEach(alterations::add);
        }
        if (operation instanceof Operation.Create && alterations.isEmpty()) {
            throw wrong(key, "at least one mechanism", "none");
        }
        return new ScramChange(key, alterations);
    }

    /** Another password than before holds for all mechanisms of the user: those that stay as they are get it as well. */
    private static Content withOthers(Content after, Content found) {
        return after.get(KafkaUserKind.PASSWORD).isNull() ? after : found.and(after);
    }

    private static void set(
            EntryKey key, Content wanted, Content found, List<UserScramCredentialAlteration> alterations) {
        var password = password(wanted);
        wanted.readable().fields().forEach((field, value) -> {
            var mechanism = mechanism(key, field);
            switch (value) {
                case Value.Num(var iterations) ->
                    alterations.add(new UserScramCredentialUpsertion(
                            key.address(),
                            new ScramCredentialInfo(mechanism, iterations(key, iterations)),
                            password.orElseThrow(() -> missing(key))));
                case Value.Nil _ -> {
                    if (!found.get(field).isNull()) {
                        alterations.add(new UserScramCredentialDeletion(key.address(), mechanism));
                    }
                }
                default -> throw wrong(key, "a number of iterations for " + field + ", or null", "something else");
            }
        });
    }

    private static Optional<byte[]> password(Content wanted) {
        return wanted.get(KafkaUserKind.PASSWORD) instanceof Value.Text(var text)
                ? Optional.of(text.getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static ScramMechanism mechanism(EntryKey key, String field) {
        var mechanism = field.startsWith(KafkaUserKind.ITERATIONS)
                ? ScramMechanism.fromMechanismName(field.substring(KafkaUserKind.ITERATIONS.length()))
                : ScramMechanism.UNKNOWN;
        if (mechanism == ScramMechanism.UNKNOWN) {
            throw wrong(key, "iterations.SCRAM-SHA-256, iterations.SCRAM-SHA-512", field);
        }
        return mechanism;
    }

    private static int iterations(EntryKey key, BigDecimal number) {
        if (number.scale() > 0
                || number.compareTo(BigDecimal.valueOf(FEWEST)) < 0
                || number.compareTo(BigDecimal.valueOf(MOST)) > 0) {
            throw wrong(key, FEWEST + " to " + MOST + " iterations", number.toPlainString());
        }
        return number.intValueExact();
    }

    private static ProblemException wrong(EntryKey key, String expected, String found) {
        return new ProblemException(Problem.of("TGT-FIELD", "a user cannot have this field value")
                .about(key.toString())
                .expected(expected)
                .found(found));
    }

    private static ProblemException missing(EntryKey key) {
        return new ProblemException(Problem.of("USR-PASSWORD-NEEDED", "a user is changed without its password")
                .about(key.toString())
                .expected("the secret that its manifest names")
                .found("none: Kafka takes no other iterations without the password")
                .todo("set the user with a manifest that names its secret"));
    }

    @Override
    public String toString() {
        return "ScramChange[" + key + "]";
    }
}
