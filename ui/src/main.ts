import { host } from '#host';
import { mount } from 'svelte';
import App from './App.svelte';
import { useHost } from './lib/host/host';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';

useHost(host);

const target = document.getElementById('app');
if (target !== null) mount(App, { target });
