package dev.migrator.console.api;

import dev.migrator.console.work.Drills;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The drills of all environments. */
@Path("api/v1/drills")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DrillsResource {
    @Inject
    Caller caller;

    @Inject
    Drills drills;

    @GET
    public String list() {
        caller.needs(Users.Role.VIEWER);
        return CanonicalJson.text(Value.object("items", Value.array(drills.all())));
    }
}
