package dev.migrator.target.postgres;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.Capability;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What reader and writer have in common: looking. */
final class DatabaseReads {
    private final Sessions sessions;

    DatabaseReads(Sessions sessions) {
        this.sessions = sessions;
    }

    /** What is gone is gone: there is no way to keep a row, a role or a grant out of use. */
    static Set<Capability> capabilities() {
        return Set.of(Capability.DELETE);
    }

    Stream<EntryKey> list(String kind) throws TargetException {
        return sessions
                .read(
                        "list entries of kind " + kind,
                        connection -> new TreeSet<>(new Stores(sessions.settings(), connection)
                                .of(kind)
                                .list()))
                .stream();
    }

    Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        return keys.isEmpty()
                ? Map.of()
                : sessions.read(
                        "read " + keys.size() + " entries",
                        connection -> new Stores(sessions.settings(), connection).states(keys));
    }

    /** Empty if the credential may not ask. */
    Optional<String> position() throws TargetException.Unavailable {
        try {
            return Optional.of(sessions.read("read where the server is", WalPosition::read));
        } catch (TargetException.Unavailable e) {
            throw e;
        } catch (TargetException _) {
            return Optional.empty();
        }
    }

    SystemFacts facts() throws TargetException {
        return sessions.read(
                "read what the server runs on",
                connection -> new ServerFacts(connection, sessions.settings().tables()).read());
    }

    Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) throws TargetException {
        return operations.isEmpty()
                ? Map.of()
                : sessions.read(
                        "look who uses " + operations.size() + " entries",
                        connection -> new Impacts(connection).of(operations));
    }
}
