package dev.migrator.target.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.target.testkit.TargetContracts;
import dev.migrator.target.testkit.TargetHarness;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The adapter and the example server together keep the contract of every target. */
class HttpContractTest extends TargetContracts {
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

    @Override
    protected TargetHarness openHarness() throws Exception {
        var server = new Server(example.url(), Optional.empty());
        var subject = Server.subjects(server.description(), Optional.empty()).getFirst();
        return new ServedHarness(
                server,
                subject,
                1_000,
                left -> assertThat(left).as("left behind").isEmpty());
    }
}
