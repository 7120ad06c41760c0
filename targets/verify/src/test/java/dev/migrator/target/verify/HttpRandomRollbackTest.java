package dev.migrator.target.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.target.rollback.RandomRollbackContract;
import dev.migrator.target.testkit.TargetHarness;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Random migrations of entries of the example server, undone through the adapter. */
class HttpRandomRollbackTest {
    @TempDir
    static Path folder;

    private static ExampleServer example;

    @BeforeAll
    static void start() throws Exception {
        example = new ExampleServer(folder.resolve("policies.json"), "");
    }

    @AfterAll
    static void stop() {
        example.close();
    }

    @Nested
    class OfTheExample extends RandomRollbackContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            var server = new Server(example.url(), Optional.empty());
            var subject =
                    Server.subjects(server.description(), Optional.empty()).getFirst();
            return new ServedHarness(
                    server,
                    subject,
                    1_000,
                    left -> assertThat(left).as("left behind").isEmpty());
        }
    }
}
