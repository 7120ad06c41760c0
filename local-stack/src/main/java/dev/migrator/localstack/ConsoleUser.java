package dev.migrator.localstack;

import java.util.List;
import java.util.Locale;

/** People of the local stack. Whoever asks for a migration is not who approves it. */
enum ConsoleUser {
    DEVELOPER(List.of("viewer", "requester")),
    APPROVER(List.of("viewer", "approver")),
    OPERATOR(List.of("viewer", "requester", "operator")),
    VIEWER(List.of("viewer"));

    private final List<String> roles;

    ConsoleUser(List<String> roles) {
        this.roles = roles;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> roles() {
        return roles;
    }
}
