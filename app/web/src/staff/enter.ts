import './staff.css';
import { mount } from 'svelte';
import Staff from './Staff.svelte';
import { Desk } from './desk.svelte';

/** Opens the screens of those who sign in: accounts, and the workspace of departments and the city. */
export async function enter(target: HTMLElement): Promise<void> {
  mount(Staff, { target, props: { desk: await Desk.enter() } });
}
