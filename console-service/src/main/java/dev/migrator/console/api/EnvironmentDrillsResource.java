package dev.migrator.console.api;

import dev.migrator.console.work.Drills;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillJson;
import dev.migrator.core.drill.DrillOrder;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.kit.Unavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Set;

/** The drills of an environment, which may also be named by the place where they are made. */
@Path("api/v1/environments/{environment}/drills")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class EnvironmentDrillsResource {
    @Inject
    Caller caller;

    @Inject
    Drills drills;

    /** Newest first, and how it stands with its schedule. */
    @GET
    public String list(@PathParam("environment") String environment) {
        caller.needs(Users.Role.VIEWER);
        return CanonicalJson.text(drills.of(environment));
    }

    /** 202: ordered. What comes of it is asked for under the order's id. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response order(@PathParam("environment") String environment, byte[] body) {
        caller.needs(Users.Role.OPERATOR);
        var request = Requests.object(body, Set.of("requestId", "migration", "fault"));
        DrillOrder order;
        try {
            order = drills.order(
                    environment,
                    Requests.text(request, "requestId"),
                    Requests.optionalText(request, "migration").map(MigrationId::new),
                    Requests.optionalText(request, "fault").map(DrillFault::named),
                    caller.name());
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
        var answer = Value.object(
                "requestId",
                Value.of(order.request()),
                "environment",
                Value.of(order.environment()),
                "migrationId",
                Value.of(order.migration().value()),
                "fault",
                Value.of(order.fault().map(DrillFault::label).orElse(null)));
        return Response.accepted(CanonicalJson.text(answer))
                .location(URI.create("api/v1/environments/" + order.environment() + "/drills/" + order.request()))
                .build();
    }

    /** 404 until something came of it, also if nobody has ordered it. */
    @GET
    @Path("{request}")
    public String get(@PathParam("environment") String environment, @PathParam("request") String request) {
        caller.needs(Users.Role.VIEWER);
        return drills.find(environment, request)
                .map(report -> CanonicalJson.text(DrillJson.toValue(report)))
                .orElseThrow(() -> new ApiProblem(
                        404,
                        Problem.of("CON-UNKNOWN-DRILL", "nothing is known of this drill yet")
                                .about("drill " + request)
                                .todo("migrator get drills --env " + environment
                                        + "    lists those that were made; a new one takes a moment")));
    }
}
