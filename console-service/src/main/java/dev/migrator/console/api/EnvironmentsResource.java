package dev.migrator.console.api;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.TargetConfig;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;

/** The declared environments, without credentials. */
@Path("api/v1/environments")
@Produces(MediaType.APPLICATION_JSON)
public class EnvironmentsResource {
    @Inject
    Caller caller;

    @Inject
    Environments environments;

    @GET
    public String list() {
        caller.needs(Users.Role.VIEWER);
        return CanonicalJson.text(Value.object(
                "items",
                Value.array(environments.all().stream()
                        .map(EnvironmentsResource::environment)
                        .toList())));
    }

    private static Value environment(Environment environment) {
        return Value.object(
                "name", Value.of(environment.name()),
                "order", Value.of(environment.order()),
                "protection", Value.of(environment.protection().name().toLowerCase(Locale.ROOT)),
                "zone", Value.of(environment.zone()),
                "grace", Value.of(environment.grace().toString()),
                "targets",
                        Value.array(environment.targets().stream()
                                .map(EnvironmentsResource::target)
                                .toList()));
    }

    private static Value target(TargetConfig target) {
        return Value.object(
                "name", Value.of(target.name()),
                "type", Value.of(target.type()),
                "address", Value.of(target.address()));
    }
}
