package dev.migrator.localstack.server;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.nio.file.Path;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own it is nobody, and files of root are still its own:
 * folders that only root can reach stay reachable. Where the kernel forbids such namespaces, it runs as the user {@code
 * nobody}, who has to own its folder.
 */
record Unprivileged(List<String> words) {
    private static final String NOBODY = "65534";

    /** @param folder that the server will write */
    static Unprivileged of(Path folder) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new Unprivileged(List.of());
        }
        if (Steps.succeeds(List.of("unshare", "-U", "true"))) {
            return new Unprivileged(List.of("unshare", "-U"));
        }
        var asNobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        Folders.make(folder);
        if (Steps.succeeds(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()))
                && Steps.succeeds(java.util.stream.Stream.concat(
                                asNobody.stream(), List.of("test", "-x", folder.toString()).stream())
                        .toList())) {
            return new Unprivileged(asNobody);
        }
        throw new LocalStackException(
                Code.LST_SYSTEM,
                "postgres",
                "a way to run without the rights of root: unshare -U, or setpriv and a folder that nobody can reach",
                "neither works here",
                "run it as another user than root, or install util-linux");
    }
}
