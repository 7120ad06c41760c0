package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import dev.migrator.target.TargetException;
import java.util.Optional;

/** The system behind an address, which is asked anew what it is whenever that matters. Thread-safe. */
final class ServedSystem implements AutoCloseable {
    private final String target;
    private final Optional<String> expected;
    private final ProtocolCalls calls;

    /** @param expected identity that it must have, empty for any */
    ServedSystem(String target, Optional<String> expected, ProtocolCalls calls) {
        this.target = target;
        this.expected = expected;
        this.calls = calls;
    }

    ProtocolCalls calls() {
        return calls;
    }

    /**
     * @throws TargetException.Refused {@code TGT-WRONG-CLUSTER} if it is another system than declared, {@code
     *     TGT-UNSUPPORTED} if it serves another version of the protocol
     */
    Description describe() throws TargetException {
        var reply = calls.get("");
        if (!reply.ok()) {
            throw ProtocolFaults.strange(reply);
        }
        try {
            var answer = Read.object(reply.json().orElse(Value.NULL), "the answer");
            var protocol = answer.get("protocol");
            if (!(protocol instanceof Value.Num)) {
                throw new Strange("protocol is no number");
            }
            if (!protocol.equals(Value.of(Description.PROTOCOL))) {
                throw ProtocolFaults.otherProtocol(reply, protocol);
            }
            var system = Description.from(answer);
            if (expected.isPresent() && !expected.get().equals(system.identity())) {
                throw wrongSystem(expected.get(), system.identity());
            }
            return system;
        } catch (Strange e) {
            throw ProtocolFaults.strange(reply, e.getMessage());
        }
    }

    TargetException.Refused wrongSystem(String wanted, String found) {
        return ProtocolFaults.wrongSystem(target, wanted, found);
    }

    @Override
    public void close() {
        calls.close();
    }
}
