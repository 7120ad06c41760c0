package dev.migrator.cli.command;

import dev.migrator.cli.api.Api;
import dev.migrator.cli.api.Connection;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every command that talks to the console service. */
public final class Service {
    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "console service; else MIGRATOR_SERVER, else the local stack")
    private String server;

    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "a user of the local stack; elsewhere the token comes from MIGRATOR_TOKEN")
    private String user;

    Api api() {
        return new Api(Connection.find(server, user, System.getenv(), home()));
    }

    /** The checkout: the script passes it on, so that commands work from any directory. */
    static Path home() {
        return Path.of(System.getProperty("migrator.home", "."));
    }
}
