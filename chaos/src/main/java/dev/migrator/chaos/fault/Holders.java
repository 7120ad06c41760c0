package dev.migrator.chaos.fault;

import dev.migrator.localstack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/** Which of the executors carries out what, as their logs tell. */
public final class Holders {
    private Holders() {}

    /** The one that carried out a command of that migration last; empty if none was. */
    public static Optional<String> worker(LocalStack stack, String migrationId) {
        String mark = "Command done: migrationId=" + migrationId + ",";
        String last = "";
        String holder = null;
        for (String executor : ChaosStack.EXECUTORS) {
            try (var lines = Files.lines(stack.layout().log(executor))) {
                // each line begins with its time
                var found = lines.filter(line -> line.contains(mark)).reduce((_, later) -> later);
                if (found.isPresent() && found.get().compareTo(last) > 0) {
                    last = found.get();
                    holder = executor;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.ofNullable(holder);
    }
}
