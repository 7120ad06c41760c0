package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.ExternalAddress;
import dev.migrator.core.kinds.ExternalKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.HttpReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads states of entries, as many with one call as the server takes. */
final class EntryReads {
    private final ServedSystem served;

    EntryReads(ServedSystem served) {
        this.served = served;
    }

    /** An entry to read. */
    private record Named(EntryKey key, ExternalAddress name, EntryType type) {
        Value json() {
            return Value.object("type", Value.of(name.type()), "address", Value.of(name.address()));
        }
    }

    /**
     * @return by key, one for each
     * @throws TargetException.Refused {@code TGT-KIND} for a type that the system does not have
     */
    Map<EntryKey, EntryState> states(Collection<EntryKey> keys, Description system) throws TargetException {
        var named = new ArrayList<Named>();
        for (var key : keys) {
            named.add(named(key, system));
        }
        var states = new TreeMap<EntryKey, EntryState>();
        for (var chunk : Chunks.of(named, Named::json, system)) {
            var reply = served.calls()
                    .ask(
                            "/entries/read",
                            Value.object(
                                    "entries",
                                    Value.array(chunk.stream().map(Named::json).toList())));
            if (!reply.ok()) {
                throw notRead(reply);
            }
            try {
                read(chunk, reply, states);
            } catch (Strange e) {
                throw ProtocolFaults.strange(reply, e.getMessage());
            }
        }
        return Collections.unmodifiableSortedMap(states);
    }

    private static void read(List<Named> asked, HttpReply reply, Map<EntryKey, EntryState> states) throws Strange {
        var entries = Read.items(Read.object(reply.json().orElse(Value.NULL), "the answer"), "entries");
        if (entries.size() != asked.size()) {
            throw new Strange(entries.size() + " entries, and " + asked.size() + " were asked for");
        }
        for (int i = 0; i < asked.size(); i++) {
            var one = asked.get(i);
            states.put(one.key(), States.from(States.about(one.name(), entries.get(i)), one.type()));
        }
    }

    private static Named named(EntryKey key, Description system) throws TargetException.Refused {
        if (!key.kind().equals(ExternalKind.ENTRY)) {
            throw new TargetException.Refused(noSuchKind(key.kind()).about(key.toString()), null);
        }
        try {
            var name = ExternalAddress.parse(key.address());
            var type = system.types().get(name.type());
            if (type == null) {
                throw new TargetException.Refused(
                        ProtocolFaults.unknownType(key.toString(), name.type(), system), null);
            }
            return new Named(key, name, type);
        } catch (ProblemException e) {
            throw new TargetException.Refused(e.problem(), e);
        }
    }

    static Problem noSuchKind(String kind) {
        return Problem.of("TGT-KIND", "a system that serves the protocol has no such kind of entry")
                .expected(ExternalKind.ENTRY)
                .found(kind);
    }

    private static TargetException notRead(HttpReply reply) {
        return reply.status() >= 500 ? ProtocolFaults.COMMON.notNow(reply) : ProtocolFaults.strange(reply);
    }
}
