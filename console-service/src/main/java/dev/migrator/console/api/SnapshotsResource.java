package dev.migrator.console.api;

import dev.migrator.console.work.SnapshotBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.snapshot.SnapshotJson;
import dev.migrator.kit.Unavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Supplier;

/** One snapshot: by its id, or by what it was taken for if that is only one. */
@Path("api/v1/snapshots/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SnapshotsResource {
    private static final int MOST = 10_000;

    @Inject
    Caller caller;

    @Inject
    SnapshotBoard board;

    @GET
    public String show(@PathParam("id") String id) {
        return answer(() -> board.show(id));
    }

    /** Those of the target, of the kind, and with the text anywhere in them, as far as that is asked for. */
    @GET
    @Path("entries")
    public String entries(
            @PathParam("id") String id,
            @QueryParam("target") String target,
            @QueryParam("kind") String kind,
            @QueryParam("search") String search,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        return answer(() -> board.entries(
                        id,
                        entry -> (target == null || target.equals(entry.key().target()))
                                && (kind == null || kind.equals(entry.key().kind()))
                                && (search == null || SnapshotJson.mentions(entry, search)),
                        Requests.limit(limit, MOST))
                .toValue());
    }

    /** What is different in the other one. */
    @GET
    @Path("differences/{other}")
    public String differences(
            @PathParam("id") String id,
            @PathParam("other") String other,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        return answer(() -> board.differences(id, other, Requests.limit(limit, MOST)));
    }

    /** Reads all of it; 200 also if it is broken. */
    @GET
    @Path("verification")
    public String verify(@PathParam("id") String id) {
        return answer(() -> board.verify(id));
    }

    private String answer(Supplier<Value.Obj> work) {
        caller.needs(Users.Role.VIEWER);
        try {
            return CanonicalJson.text(work.get());
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }
}
