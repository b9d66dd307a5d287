import type { ScreenRule } from './screen-rules.js';

/** Chinese, in the order in which they are tried. */
export function chineseRules(): readonly ScreenRule[] {
  const LEAD =
    '(?:[^，。；我已]{1,10}?(?:之后|以后|后|的话))?(?:请|您|你|可以|可|只需要?|只要|需要|也|还|就|都|或者|或|然后|接着|随后|再|先|现在|直接|随时|之后|最后|即可|能够?|应该|必须|记得|麻烦|试试|尝试|此时|便|并且|并|而|将|要|想|用鼠标|随意|自行|轻松|手动|首先|其次|另外|同时|接下来|那么|这时|[\\s\uE000\uE001])*';
  const CONTROL = '(?:按钮|图标|按键|键|复选框|滑块|开关|选项|下拉|箭头|手柄)';
  const PLACE =
    '(?:面板|标签页?|选项卡|菜单栏?|窗口|页面|界面|时间线|时间轴|轨道区?|侧边栏|侧栏|工具栏|编辑器|设置|素材库|媒体库|媒体面板|工作台|工作区|预览区?|播放器|画布|对话框|弹窗|控制台|个人中心)';
  const ACCOUNT = '(?:账户|账号|帐户|帐号|账单|帐单|余额|积分|订阅|套餐|充值|计费|会员)';
  const SOME = '[^，；。]{0,60}?';

  return [
    // 点击「导出」按钮 · 单击右上角的导出 (but not: 点击量很高)
    {
      lead: LEAD,
      verb: '(?:双击|单击|右击|点击|点选|点按|轻点|轻触|轻按|点一下|点开)(?![量率数次])',
      object: '',
      otherwise: 'execute',
    },
    { lead: LEAD, verb: '按下|按住|按|点', object: `(?:NAME|${SOME}${CONTROL})`, otherwise: 'execute' },
    // 把素材拖到时间线 · 拖拽片段
    {
      lead: LEAD,
      verb: `(?:[把将在从]${SOME})?(?:拖拽|拖动|拖放|拖入|拖到|拖至|拖进|拖曳)`,
      object: '',
      always: 'send_edit',
    },
    { lead: LEAD, verb: `(?:通过|用|使用)${SOME}(?:拖拽|拖动|拖放|拖曳)`, object: '', always: 'send_edit' },
    // 前往账户页面 · 查看账单
    {
      lead: LEAD,
      verb: '查看|检查|前往|访问|登录|打开|进入|去|到|管理|查询|核对',
      object: `(?:NAME)?${SOME}${ACCOUNT}`,
      always: 'show_credits',
    },
    {
      lead: LEAD,
      verb: `(?:在|到|从|通过|去)${SOME}${ACCOUNT}${SOME}(?:查看|检查|充值|管理|查询|看到)`,
      object: '',
      always: 'show_credits',
    },
    // 在时间线中预览 · 预览时间线
    {
      lead: LEAD,
      verb: `(?:在|到|从|通过|于)(?:GAP)?(?:NAME)?${SOME}${PLACE}${SOME}(?:预览|查看|观看|播放|浏览|检查|看到|看一?下?)`,
      object: '',
      otherwise: 'show_timeline',
    },
    {
      lead: LEAD,
      verb: '预览|查看|浏览|播放|看看?',
      object: `${SOME}(?:时间线|时间轴|轨道|预览窗口|播放器)`,
      always: 'show_timeline',
    },
    // 打开素材面板 · 切换到「字幕」标签
    {
      lead: LEAD,
      verb: '打开|进入|前往|切换到?|切到|回到|返回|访问|展开|找到|转到|跳转到|去|收起|关闭|查看',
      object: `${SOME}(?:${PLACE}|${CONTROL})`,
      otherwise: 'show_state',
    },
    { lead: LEAD, verb: '打开|进入|前往|切换到|切到', object: 'NAME', otherwise: 'show_state' },
    // 选择右上角的导出按钮 · 在菜单中选择导出
    {
      lead: LEAD,
      verb: '选择|勾选|选中|使用|调整|调节|滑动|移动|找到|利用',
      object: `${SOME}(?:${CONTROL}|面板|菜单|标签页?|选项卡|工具栏|侧边栏|[上下]角的?(?:GAP)?NAME)`,
      otherwise: 'execute',
    },
    {
      lead: LEAD,
      verb: `(?:在|从|通过|于|去|到)${SOME}(?:${CONTROL}|${PLACE}|右上角|左上角|右下角|左下角|上方|下方|顶部|底部)${SOME}(?:选择|点击|单击|导出|下载|勾选|调整|编辑|修改|找到|设置|操作|进行|管理)`,
      object: '',
      otherwise: 'execute',
    },
    // 请导出视频
    { lead: '(?:现在)?', verb: '请(?:您|你)?(?:直接|先)?(?:导出|下载)', object: '', always: 'export' },
  ];
}

/** A clause that sets the scene for an instruction: 如果满意，点击… · 要下载视频：点击… */
export const CHINESE_HEAD =
  /^(?:然后|接着|或者|或)?(?:如果|若|如需|如要|如|要是|要|想|当|等|待|一旦|为了|需要|现在$|满意|完成后|之后|随后|下一步|接下来|提示|注意|小贴士|步骤|操作|只需|在此之前|准备好)/;
