package dev.migrator.target.verify;

import dev.migrator.target.testkit.TargetContracts;
import dev.migrator.target.testkit.TargetHarness;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;

/** Every rule of the contract, on the server at hand. Run by {@link Verification}, never by a build. */
class ServerSuite extends TargetContracts {
    /**
     * Where the rules find what they are tried on: JUnit makes the instances.
     *
     * @param many entries for the rules that want many
     */
    record Current(Server server, Subject subject, int many, Consumer<List<String>> leftBehind) {}

    static volatile Current current;

    @Override
    protected TargetHarness openHarness() throws Exception {
        return new ServedHarness(current.server(), current.subject(), current.many(), current.leftBehind());
    }

    @Nested
    class Protocol extends ProtocolContract {
        @Override
        Current current() {
            return current;
        }
    }
}
