/**
 * What is to be done at a time that was chosen: a task that lies beside its lane until then, and holds
 * nobody up there. It goes to the lane's end when its time comes, and to where it never was when
 * nobody wants it any more.
 */
import type { Lane } from "../conversation/lane.ts";
import type { Task } from "./task.ts";

/** A task that waits for its time, by its name: one at a time in each lane. */
export interface ScheduledName {
  lane: Lane;
  name: string;
}

/** The task, and when it goes to its lane; one that waited under the same name is moot. */
export interface Scheduled extends ScheduledName {
  task: Task;
  dueMs: number;
}
