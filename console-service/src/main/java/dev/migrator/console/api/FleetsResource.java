package dev.migrator.console.api;

import dev.migrator.console.work.FleetBoard;
import dev.migrator.console.work.FleetOrders;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetRequest;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.fleet.FleetStatusJson;
import dev.migrator.core.lifecycle.MigrationId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Start, follow and stop runs of fleets: the same bundle, environment by environment in waves. */
@Path("api/v1/fleets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class FleetsResource {
    private static final int MOST = 1_000;
    private static final int MOST_OF_A_REASON = 1_000;

    @Inject
    Caller caller;

    @Inject
    FleetBoard board;

    @Inject
    FleetOrders orders;

    @GET
    public String list(@QueryParam("all") @DefaultValue("false") boolean all) {
        caller.needs(Users.Role.VIEWER);
        var items = board.all().stream()
                .filter(status -> all || !status.ended())
                .limit(MOST)
                .map(FleetStatusJson::toValue)
                .toList();
        return CanonicalJson.text(Value.object("items", Value.array(items)));
    }

    @GET
    @Path("{id}")
    public String get(@PathParam("id") String id) {
        caller.needs(Users.Role.VIEWER);
        return CanonicalJson.text(FleetStatusJson.toValue(known(id)));
    }

    @POST
    public Response submit(byte[] body) {
        caller.needs(Users.Role.REQUESTER);
        var request = Requests.object(body, Set.of("id", "fleet", "commit", "bundle", "selector"));
        var id = new FleetId(Requests.text(request, "id"));
        var bundle = CanonicalJson.bytes(Requests.manifests(request));
        var wanted = new FleetRequest(
                id,
                Requests.text(request, "fleet"),
                Digest.of(bundle),
                Optional.empty(),
                Optional.of(bundle),
                new MigrationId(Requests.text(request, "commit")).value(), // the same shape: it names a folder
                caller.name(),
                Requests.selector(request));
        // or who waits for the end of this id would be told that of another bundle
        board.find(id).flatMap(known -> known.contradiction(wanted)).ifPresent(reused -> {
            throw new ProblemException(reused);
        });
        orders.submit(wanted);
        var answer = Value.object(
                "id",
                Value.of(id.value()),
                "bundleDigest",
                Value.of(wanted.bundleDigest().toString()));
        return Response.accepted(CanonicalJson.text(answer))
                .location(URI.create("api/v1/fleets/" + id))
                .build();
    }

    @POST
    @Path("{id}/stop")
    public Response stop(@PathParam("id") String id, byte[] body) {
        caller.needs(Users.Role.OPERATOR);
        var request = Requests.object(body, Set.of("reason"));
        var reason = Requests.optionalText(request, "reason").orElse("");
        if (reason.length() > MOST_OF_A_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw Requests.bad("member reason", "at most " + MOST_OF_A_REASON + " characters in one line", reason);
        }
        var status = known(id);
        if (status.ended()) {
            throw new ApiProblem(
                    409,
                    Problem.of("CON-FLEET-ENDED", "the run has ended; there is nothing to stop")
                            .about("run " + id)
                            .expected("a run under way")
                            .found(status.state().name())
                            .todo("migrator status " + id + "    shows how it ended"));
        }
        orders.stop(status.id(), caller.name(), reason);
        return Response.accepted().build();
    }

    private FleetStatus known(String id) {
        return board.find(new FleetId(id))
                .orElseThrow(() -> new ApiProblem(
                        404,
                        Problem.of("CON-UNKNOWN-FLEET", "nothing is known of this run of a fleet")
                                .about("run " + id)
                                .todo("migrator get fleets --all    lists those that are known; a new one takes a"
                                        + " moment")));
    }
}
