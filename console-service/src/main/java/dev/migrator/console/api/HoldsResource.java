package dev.migrator.console.api;

import dev.migrator.console.work.Plans;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.kit.Unavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.TreeMap;

/** What was rolled back and stays so: no later plan may make these changes until they are corrected or released. */
@Path("api/v1/holds")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class HoldsResource {
    private static final int MOST = 1_000;
    private static final int MOST_ENTRIES = 10;

    @Inject
    Caller caller;

    @Inject
    StatusBoard board;

    @Inject
    Plans plans;

    @GET
    public String list(@QueryParam("environment") String environment) {
        caller.needs(Users.Role.VIEWER);
        var items = board.all().stream()
                .filter(MigrationStatus::holdsChanges)
                .filter(status -> environment == null || status.environment().equals(environment))
                .limit(MOST)
                .map(this::hold)
                .toList();
        return CanonicalJson.text(Value.object("items", Value.array(items)));
    }

    private Value hold(MigrationStatus status) {
        var hold = new TreeMap<String, Value>();
        hold.put("migrationId", Value.of(status.id().value()));
        hold.put("environment", Value.of(status.environment()));
        hold.put("commit", Value.of(status.commit()));
        hold.put("requester", Value.of(status.requester()));
        hold.put("state", Value.of(status.state().name()));
        hold.put("since", Value.of(status.updatedAt().toString()));
        hold.put(
                "why",
                Value.array(status.problems().stream().map(StatusJson::problem).toList()));
        try {
            hold.put("entries", plans.entries(status, MOST_ENTRIES));
        } catch (ProblemException | Unavailable _) {
            // a list of holds is worth having without the names of what they hold
            hold.put("entries", Value.NULL);
        }
        return Value.object(hold);
    }
}
