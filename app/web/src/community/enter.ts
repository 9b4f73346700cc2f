import '../staff/staff.css';
import { mount } from 'svelte';
import { Desk } from '../staff/desk.svelte';
import MappingPage from './editor/MappingPage.svelte';

/** Opens the editor of the community map, for whoever has signed in. */
export async function enter(target: HTMLElement): Promise<void> {
  mount(MappingPage, { target, props: { desk: await Desk.enter() } });
}
